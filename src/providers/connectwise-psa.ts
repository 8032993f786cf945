import { joined } from '../core/delivery/joined.ts';
import { field, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { connectWise } from '../signatures/published/connect-wise.ts';

export default defineProvider({
  title: 'ConnectWise PSA',
  aliases: ['connectwise'],
  docs: 'https://developer.connectwise.com/Products/ConnectWise_PSA/Developer_Guide#Callbacks',
  secret: 'none',
  evidence: 'community',
  options: {
    host: {
      description: 'The host of your instance, such as `na.myconnectwise.net`; any of ConnectWise when left out',
    },
  },
  signature: connectWise,
  eventType: ({ payload }) => joined('.', textAt(payload, 'Type'), textAt(payload, 'Action')),
  deliveryId: field('MessageId'),
  about: {
    actor: field('MemberId'),
    subject: ({ payload }) => keyed(finder(payload)('Type') ?? 'record', finder(payload)('ID')),
  },
  setup: `
1. Open **System → Setup Tables → Integrator Login → Callbacks** and paste {{url}} as the URL.`,
});
