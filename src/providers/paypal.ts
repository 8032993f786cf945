import { field } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { priceText } from '../core/text/money.ts';
import { type Find, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { payPal } from '../signatures/published/pay-pal.ts';

// https://developer.paypal.com/api/rest/webhooks/event-names/
export default defineProvider({
  title: 'PayPal',
  docs: 'https://developer.paypal.com/api/rest/webhooks/rest/',
  secret: 'theirs',
  evidence: 'vendor',
  sample: 'CUSTOMER.DISPUTE.CREATED',
  signature: payPal,
  eventType: field('event_type'),
  deliveryId: field('id'),
  about: {
    title: ({ payload, type }) => finder(payload)('summary') ?? guessAbout(payload, type).title,
    source: ({ payload }) =>
      finder(payload)(
        'resource.payee.email_address',
        'resource.purchase_units.0.payee.email_address',
        'resource.disputed_transactions.0.seller.name',
        'resource.invoice.detail.merchant_info.business_name',
        'resource.payee.merchant_id',
        'resource.payer.merchant_id',
      ),
    actor: ({ payload }) => actorOf(finder(payload)),
    subject: ({ payload, type }) => subjectOf(finder(payload), type),
    state: ({ payload }) => finder(payload)('resource.status', 'resource.state', 'resource.invoice.status'),
    severity: ({ payload, type }) => severityFor(finder(payload), type),
    occurredAt: ({ payload }) => toMoment(finder(payload)('create_time', 'resource.update_time')),
    url: ({ payload, type }) => urlOf(finder(payload), type),
    labels: ({ payload }) =>
      labelled({
        total: totalOf(finder(payload)),
        environment: isSandbox(finder(payload)) ? 'sandbox' : undefined,
      }),
  },
  setup: `
1. Open **Developer Dashboard → your app → Webhooks → Add Webhook**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **Webhook ID** that is shown afterwards, and give it to Bellhop: PayPal signs it, with a key that it publishes.`,
});

const AMOUNTS = [
  'amount',
  'purchase_units.0.amount',
  'dispute_amount',
  'billing_info.last_failed_payment.amount',
  'billing_info.last_payment.amount',
  'invoice.amount',
  'total_amount',
  'batch_header.amount',
];

function totalOf(find: Find): string | undefined {
  for (const path of AMOUNTS) {
    const amount = find(`resource.${path}.value`, `resource.${path}.total`);
    const currency = find(`resource.${path}.currency_code`, `resource.${path}.currency`);
    if (amount && currency) return priceText(amount, currency);
  }
  return undefined;
}

function actorOf(find: Find): string | undefined {
  // Who pays a refund is the seller.
  if (find('resource_type') === 'refund') return undefined;
  const person = 'resource.subscriber';
  return (
    [find(`${person}.name.given_name`), find(`${person}.name.surname`)].filter(Boolean).join(' ') ||
    [find('resource.payer.name.given_name'), find('resource.payer.name.surname')].filter(Boolean).join(' ') ||
    find(
      `${person}.email_address`,
      'resource.payer.email_address',
      'resource.disputed_transactions.0.buyer.name',
      'resource.invoice.primary_recipients.0.billing_info.email_address',
    )
  );
}

function subjectOf(find: Find, type: string): string | undefined {
  const dispute = find('resource.dispute_id');
  if (dispute) return keyed('case', dispute);
  if (type.startsWith('BILLING.SUBSCRIPTION.')) return keyed('subscription', find('resource.id'));
  // Money that goes back names the payment only in a link.
  const order = find('resource.supplementary_data.related_ids.order_id');
  return keyed('order', order) ?? keyed('resource', find('resource.id', 'resource.invoice.id'));
}

function isSandbox(find: Find): boolean {
  return /^https:\/\/api(?:-m)?\.sandbox\.paypal\.com\//.test(find('links.0.href', 'resource.links.0.href') ?? '');
}

function urlOf(find: Find, type: string): string | undefined {
  const site = isSandbox(find) ? 'https://www.sandbox.paypal.com' : 'https://www.paypal.com';
  const [id, dispute] = [find('resource.id'), find('resource.dispute_id')];
  if (dispute) return `${site}/resolutioncenter/${encodeURIComponent(dispute)}`;
  if (!id) return `${site}/activities/`;
  if (type.startsWith('BILLING.SUBSCRIPTION.')) return `${site}/billing/subscriptions/${encodeURIComponent(id)}`;
  return /^(?:PAYMENT\.(?:CAPTURE|SALE)|CHECKOUT\.)/.test(type)
    ? `${site}/activity/payment/${encodeURIComponent(id)}`
    : `${site}/activities/`;
}

function severityFor(find: Find, type: string): Severity {
  if (/DISPUTE\.CREATED|CAPTURE\.REVERSED|SALE\.REVERSED/.test(type)) return 'critical';
  if (type === 'CUSTOMER.DISPUTE.RESOLVED') {
    return /SELLER/.test(find('resource.dispute_outcome.outcome_code') ?? '') ? 'good' : 'warning';
  }
  if (/\.(?:DENIED|DECLINED|FAILED|VOIDED|SUSPENDED|PENDING|REFUNDED|CANCELLED|UPDATED)$/.test(type)) {
    return /SUBSCRIPTION\.UPDATED$|INVOICE\.(?:UPDATED|CANCELLED)$/.test(type) ? 'info' : 'warning';
  }
  return /\.(?:COMPLETED|PAID|ACTIVATED)$/.test(type) ? 'good' : 'info';
}
