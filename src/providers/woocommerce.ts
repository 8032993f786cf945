import { field, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { sentence } from '../core/text/line.ts';
import { ping } from '../handshakes/ping.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';
import { signedBytes } from '../signatures/signed-bytes.ts';

export default defineProvider({
  title: 'WooCommerce',
  docs: 'https://woocommerce.com/document/webhooks/',
  secret: 'ours',
  evidence: 'vendor',
  signature: hmac({ header: 'x-wc-webhook-signature', encoding: 'base64' }),
  handshake: ping({ unsigned: true, when: ({ body }) => /^webhook_id=\d+$/.test(body.toString('latin1', 0, 50)) }),
  eventType: header('x-wc-webhook-topic'),
  deliveryId: header('x-wc-webhook-delivery-id'),
  // It signs the body alone.
  identity: signedBytes('x-wc-webhook-signature'),
  about: {
    source: header('x-wc-webhook-source'),
    actor: ({ payload }) => sentence(finder(payload)('billing.first_name'), finder(payload)('billing.last_name')),
    subject: ({ payload, type }) => keyed(type.split('.')[0] ?? 'object', finder(payload)('id')),
    state: field('status'),
  },
  setup: `
1. Open **WooCommerce → Settings → Advanced → Webhooks → Add webhook** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Secret**, choose the events you want posted, and save.`,
});
