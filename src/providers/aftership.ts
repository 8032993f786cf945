import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { chosen } from '../signatures/chosen.ts';
import { hmac } from '../signatures/hmac.ts';
import { carries } from '../signatures/read-header.ts';

export default defineProvider({
  title: 'AfterShip',
  docs: 'https://www.aftership.com/docs/tracking/webhook/webhook-overview',
  secret: 'theirs',
  evidence: 'vendor',
  signature: chosen(({ headers }) =>
    hmac(
      carries(headers, 'am-webhook-signature')
        ? { header: 'am-webhook-signature', prefix: 'hmac-sha256=', encoding: 'base64' }
        : { header: ['aftership-hmac-sha256', 'as-signature-hmac-sha256'], encoding: 'base64' },
    ),
  ),
  eventType: first(field('event'), field('event_type')),
  deliveryId: first(field('event_id'), field('id')),
  about: {
    source: field('msg.slug'),
    actor: field('msg.customer_name'),
    subject: ({ payload }) => keyed('tracking', finder(payload)('msg.tracking_number')),
    state: field('msg.tag'),
  },
  setup: `
1. Open **Settings → Notifications → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **webhook secret**, and give it to Bellhop.`,
});
