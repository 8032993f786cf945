import { joined } from '../core/delivery/joined.ts';
import { field, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { basic } from '../signatures/basic.ts';
import { chosen } from '../signatures/chosen.ts';

export default defineProvider({
  title: 'Postmark',
  docs: 'https://postmarkapp.com/developer/webhooks/webhooks-overview',
  secret: 'ours',
  evidence: 'vendor',
  // An inbound message brings attachments of up to 35 MB, in base64: https://postmarkapp.com/support/article/1056-what-are-the-attachment-and-email-size-limits
  bodyLimit: 50 * 1024 * 1024,
  options: { username: { description: 'The user name set there; any when left out' } },
  signature: chosen((_delivery, { options }) => basic(options.username ? { username: options.username } : {})),
  eventType: field('RecordType'),
  deliveryId: ({ payload }) => joined('/', textAt(payload, 'MessageID'), textAt(payload, 'RecordType')),
  about: {
    source: ({ payload }) => finder(payload)('MessageStream', 'ServerID'),
    actor: ({ payload }) => finder(payload)('Recipient', 'Email'),
    subject: ({ payload }) => keyed('message', finder(payload)('MessageID')),
  },
  setup: `
1. Open **Server → Webhooks → Add webhook** and paste {{url}} as the URL.
2. Choose basic authentication, with any user name and {{secret}} as the password.`,
});
