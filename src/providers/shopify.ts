import type { Parsed } from '../core/delivery/delivery.ts';
import { at, first, header } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider, type Incoming } from '../core/provider/provider.ts';
import { contradictsShape, type Shapes } from '../core/provider/shape.ts';
import { sentence } from '../core/text/line.ts';
import { toMoment } from '../core/text/moment.ts';
import { priceText } from '../core/text/money.ts';
import { type Find, finder, keyed, labelled } from '../reading/finder.ts';

import { guessAbout } from '../reading/guess-about.ts';
import { hmac } from '../signatures/hmac.ts';
import { signedBytes } from '../signatures/signed-bytes.ts';

const SIGNATURES = ['x-shopify-hmac-sha256', 'shopify-hmac-sha256'] as const;
const topic = first(header('x-shopify-topic'), header('shopify-topic'));
/** What the bodies of each kind of thing have; of what was deleted there is only the number. */
const SHAPES: Shapes = {
  app: ['myshopify_domain', 'plan_name'],
  carts: ['line_items', 'token'],
  checkouts: ['line_items', 'abandoned_checkout_url'],
  collections: ['sort_order'],
  customers: ['first_name', 'last_name'],
  deleted: [],
  disputes: ['evidence_due_by'],
  draft_orders: ['line_items', 'status', 'total_price'],
  fulfillments: ['order_id', 'tracking_numbers'],
  inventory_levels: ['inventory_item_id', 'location_id'],
  orders: ['line_items', 'financial_status', 'order_number'],
  products: ['variants'],
  refunds: ['order_id', 'refund_line_items'],
  shop: ['myshopify_domain', 'plan_name'],
};
const contradictsItsShape = contradictsShape({
  shapes: SHAPES,
  shapeOf: (type) => (type.endsWith('/delete') ? 'deleted' : (type.split('/', 1)[0] ?? type)),
});

const shop = first(header('x-shopify-shop-domain'), header('shopify-shop-domain'));

// https://shopify.dev/docs/api/webhooks
export default defineProvider({
  title: 'Shopify',
  docs: 'https://shopify.dev/docs/apps/build/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  sample: 'orders.create',
  signature: hmac({ header: SIGNATURES, encoding: 'base64' }),
  eventType: topic,
  deliveryId: first(header('x-shopify-webhook-id'), header('shopify-webhook-id'), header('shopify-event-id')),
  // It signs the body alone, and sends an equal one for the creation of an order and for its payment.
  identity: (delivery) => `${topic(delivery)}:${signedBytes(...SIGNATURES)(delivery)}`,
  repeatWindow: (type) => (type === 'app/uninstalled' ? 60 : undefined),
  contradicts: (delivery, type) => contradictsItsState(delivery, type) ?? contradictsItsShape(delivery, type),
  about: {
    title: ({ payload, type }) => guessAbout(payload, type).title,
    url: (event) => urlOf(finder(event.payload), event),
    source: shop,
    actor: ({ payload }) => customerOf(finder(payload)),
    subject: ({ payload, type }) => {
      const find = finder(payload);
      const order = find('order_id') ?? (type.startsWith('orders/') ? find('id') : undefined);
      return keyed('order', order) ?? keyed(thingOf(type), find('id'));
    },
    state: ({ payload, type }) =>
      type === 'orders/cancelled' ? 'cancelled' : finder(payload)('financial_status', 'status'),
    severity: ({ payload, type }) => severityFor(finder(payload), type),
    occurredAt: ({ payload }) => toMoment(finder(payload)('updated_at', 'processed_at', 'created_at')),
    labels: ({ payload }) =>
      labelled({
        total: amountOf(finder(payload)),
        payment: finder(payload)('financial_status'),
        fulfillment: finder(payload)('fulfillment_status'),
      }),
  },
  happening({ payload, type }) {
    const [kind, deed] = [thingOf(type), type.split('/')[1] ?? ''];
    const [id, state] = [finder(payload)('id'), finder(payload)('financial_status')];
    if (!id) return undefined;
    // Whatever happens to a thing, it is updated besides, which tells nothing of its own.
    const update = /^updated?$/.test(deed);
    const says = update ? [] : [deed, UPDATED, ...(deed === 'create' && state === 'paid' ? ['paid'] : [])];
    return { keys: [`${kind} ${id}`], fact: update ? UPDATED : deed, says, within: 60 };
  },
  quiet: ({ type }) => (type.startsWith('carts/') ? 'carts change with every click of a visitor' : undefined),
  setup: `
1. Open **Settings → Notifications → Webhooks → Create webhook**.
2. Choose the event you want posted and \`JSON\`, and paste {{url}} as **URL**. Do this for each event.
3. Copy the secret under **Your webhooks will be signed with**, and give it to Bellhop. For an app's own webhooks it is the app's **Client secret**.`,
});

const UPDATED = 'updated';
const UNPAID = new Set(['authorized', 'partially_paid', 'pending', 'voided']);

/** An order says itself whether it was cancelled, paid or sent. */
function contradictsItsState({ payload }: Parsed, type: string): string | undefined {
  const find = finder(payload);
  const [paid, sent] = [find('financial_status'), find('fulfillment_status')];
  const isOrder = at(payload, 'line_items') !== undefined && at(payload, 'cancelled_at') !== undefined;
  const wrong =
    (type === 'orders/cancelled' && isOrder && !find('cancelled_at')) ||
    (type === 'orders/paid' && UNPAID.has(paid ?? '')) ||
    (type === 'orders/partially_fulfilled' && isOrder && !sent) ||
    (type === 'orders/fulfilled' && isOrder && (!sent || sent === 'partial'));
  return wrong ? `a header calls it \`${type}\`, but the order is not` : undefined;
}

function thingOf(type: string): string {
  const noun = type.split('/')[0] ?? type;
  return noun.replace(/ies$/, 'y').replace(/s$/, '');
}

function customerOf(find: Find): string | undefined {
  return (
    sentence(find('customer.first_name'), find('customer.last_name')) ??
    sentence(find('first_name'), find('last_name')) ??
    find('customer.email', 'email', 'contact_email')
  );
}

function amountOf(find: Find): string | undefined {
  const amount = find('total_price', 'current_total_price', 'transactions.0.amount', 'amount');
  const currency = find('currency', 'transactions.0.currency');
  return amount && currency && /^[a-z]{3}$/i.test(currency) ? priceText(amount, currency) : undefined;
}

const PAGES = new Set(['orders', 'products', 'customers', 'draft_orders', 'collections']);

function urlOf(find: Find, event: Incoming): string | undefined {
  const [domain, id, noun = ''] = [
    shop(event),
    find('order_id') ?? find('id'),
    find('order_id') ? 'orders' : event.type.split('/')[0],
  ];
  if (!domain || !/^[a-z0-9.-]+$/i.test(domain)) return undefined;
  return PAGES.has(noun) && id
    ? `https://${domain}/admin/${noun}/${encodeURIComponent(id)}`
    : `https://${domain}/admin`;
}

function severityFor(find: Find, type: string): Severity {
  if (/disputes\/create|uninstalled/.test(type)) return 'critical';
  if (/cancelled|refunds\/|failure/.test(type) || find('financial_status') === 'voided') return 'warning';
  return /\/(paid|fulfilled)$/.test(type) ? 'good' : 'info';
}
