import { field, first, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { mercadoPago } from '../signatures/own/mercado-pago.ts';

export default defineProvider({
  title: 'Mercado Pago',
  aliases: ['mercado-pago'],
  docs: 'https://www.mercadopago.com/developers/en/docs/your-integrations/notifications/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: mercadoPago,
  eventType: first(field('action'), field('type')),
  deliveryId: header('x-request-id'),
  about: {
    source: field('user_id'),
    subject: ({ payload }) => keyed('payment', finder(payload)('data.id')),
  },
  setup: `
1. Open **Your integrations → your app → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **secret signature**, and give it to Bellhop.`,
});
