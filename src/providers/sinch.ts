import { firstKey } from '../core/delivery/joined.ts';
import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { inHeaders } from '../signatures/carriers/in-headers.ts';
import { mac } from '../signatures/mac.ts';
import { body, inHeader, time } from '../signatures/text/parts.ts';

export default defineProvider({
  title: 'Sinch Conversation',
  docs: 'https://developers.sinch.com/docs/conversation/callbacks/',
  secret: 'ours',
  evidence: 'community',
  signature: mac({
    carrier: inHeaders({ header: 'x-sinch-webhook-signature' }),
    encoding: 'base64',
    signed: [body, '.', inHeader('x-sinch-webhook-signature-nonce', 'id'), '.', time],
    time: { in: { header: 'x-sinch-webhook-signature-timestamp' }, unit: 'seconds', tolerance: 300 },
  }),
  eventType: ({ payload }) =>
    firstKey(payload, ['app_id', 'accepted_time', 'event_time', 'project_id', 'message_metadata', 'correlation_id']),
  about: {
    source: field('app_id'),
    subject: ({ payload }) => keyed('message', finder(payload)('message.id')),
  },
  setup: `
1. Open **Conversation API → your app → Webhooks** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Secret Token**, choose the events you want posted, and save.`,
});
