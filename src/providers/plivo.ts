import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { plivo } from '../signatures/own/plivo.ts';

export default defineProvider({
  title: 'Plivo',
  docs: 'https://www.plivo.com/docs/voice/concepts/signature-validation',
  secret: 'theirs',
  evidence: 'vendor',
  methods: ['POST', 'GET'],
  signature: plivo,
  eventType: first(field('Event'), field('CallStatus'), field('Status'), guessType),
  deliveryId: first(field('MessageUUID'), field('CallUUID')),
  about: {
    source: field('To'),
    actor: field('From'),
    subject: ({ payload }) => keyed('call', finder(payload)('CallUUID', 'MessageUUID')),
    state: ({ payload }) => finder(payload)('CallStatus', 'Status'),
  },
  setup: `
1. Open your application and paste {{url}} where a URL is asked for.
2. Open the **Overview** of the console, copy the **Auth Token**, and give it to Bellhop.`,
});
