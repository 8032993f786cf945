import { field, first, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { guessType } from '../reading/read-payload.ts';
import { body, inHeader, time } from '../signatures/text/parts.ts';
import { A_DAY, timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'ConfigCat',
  docs: 'https://configcat.com/docs/advanced/notifications-webhooks/',
  secret: 'theirs',
  evidence: 'community',
  signature: timestamped({
    header: 'x-configcat-webhook-signature-v1',
    time: { header: 'x-configcat-webhook-timestamp' },
    list: true,
    signed: [inHeader('x-configcat-webhook-id', 'id'), time, body],
    tolerance: A_DAY,
    encoding: 'base64',
  }),
  eventType: first(field('event'), field('eventType'), guessType),
  deliveryId: header('x-configcat-webhook-id'),
  about: {},
  setup: `
1. Open **Product → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing key**, and give it to Bellhop.`,
});
