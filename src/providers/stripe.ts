import { field } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import type { Happening } from '../core/provider/happening.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { sentence, toWords } from '../core/text/line.ts';
import { toMoment } from '../core/text/moment.ts';
import { type MinorUnits, moneyText } from '../core/text/money.ts';
import { dictionary, type Find, finder, keyed, labelled } from '../reading/finder.ts';

import { timestamped } from '../signatures/timestamped.ts';

/**
 * Two digits for all but its own list, https://docs.stripe.com/currencies#zero-decimal: krónur and Ugandan shillings
 * have none any more and are still counted in hundredths, ariary have fifths and are counted whole.
 */
const MINOR_UNITS: MinorUnits = { CLF: 2, IQD: 2, ISK: 2, LYD: 2, MGA: 0, UGX: 2, UYI: 2, UYW: 2 };

// https://docs.stripe.com/api/events/types
export default defineProvider({
  title: 'Stripe',
  docs: 'https://docs.stripe.com/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  sample: 'payment_intent.succeeded',
  // The key is the whole secret as text, `whsec_` included: this is not Standard Webhooks.
  signature: timestamped({ header: 'stripe-signature', time: { field: 't', signature: 'v1' }, separator: '.' }),
  eventType: field('type'),
  deliveryId: field('id'),
  minorUnits: MINOR_UNITS,
  about: {
    title: ({ payload, type }) => sentence(toWords(type), amountOf(finder(payload))),
    url: ({ payload }) => urlOf(finder(payload)),
    source: ({ payload }) => {
      const find = finder(payload);
      return find('account', 'context') ?? (find('livemode') === 'false' ? 'test mode' : 'live');
    },
    actor: ({ payload }) => customerOf(finder(payload)),
    subject: ({ payload }) => {
      const find = finder(payload);
      return keyed(
        find('data.object.object', 'related_object.type') ?? 'object',
        find('data.object.id', 'related_object.id'),
      );
    },
    state: ({ payload }) => finder(payload)('data.object.status'),
    severity: ({ payload, type }) => severityFor(finder(payload), type),
    occurredAt: ({ payload }) => toMoment(finder(payload)('created')),
    labels: ({ payload }) => {
      const find = finder(payload);
      return labelled({
        amount: amountOf(find),
        mode: find('livemode') === 'false' ? 'test' : undefined,
        reason: find('data.object.failure_code', 'data.object.last_payment_error.code', 'data.object.reason'),
      });
    },
  },
  happening: ({ payload, type }) => paymentHappening(finder(payload), type),
  deliveryLog: { where: '**Workbench → Webhooks** of the dashboard' },
  setup: `
1. Open **Workbench → Webhooks → Add destination** and choose the events you want posted.
2. Choose **Webhook endpoint** and paste {{url}} as **Endpoint URL**.
3. Open the new destination, reveal its **Signing secret** (it starts with \`whsec_\`), and give it to Bellhop.`,
});

/** What becomes of a payment, by the events that say it. */
const PAYMENTS = dictionary<'paid' | 'failed'>({
  'invoice.paid': 'paid',
  'invoice.payment_succeeded': 'paid',
  'payment_intent.succeeded': 'paid',
  'charge.succeeded': 'paid',
  'invoice.payment_failed': 'failed',
  'payment_intent.payment_failed': 'failed',
  'charge.failed': 'failed',
});
/** Seconds within which Stripe sends all that it says of one payment. */
const PAYING = 15 * 60;

/** Stripe sends an event for a payment's charge, its payment intent and its invoice, which name one another; the invoice has the most. */
function paymentHappening(find: Find, type: string): Happening | undefined {
  const became = PAYMENTS(type);
  if (!became) return undefined;
  const own = find('data.object.object') ?? '';
  const charge = own === 'charge' ? find('data.object.id') : find('data.object.charge', 'data.object.latest_charge');
  const names = [
    [own, find('data.object.id')],
    ['charge', charge],
    ['invoice', find('data.object.invoice')],
    ['payment_intent', find('data.object.payment_intent', 'data.object.payments.data.0.payment.payment_intent')],
  ];
  const keys = new Set(names.flatMap(([name, id]) => (name && id ? [`${name} ${id}`] : [])));
  const better = [
    ...(type === 'invoice.payment_succeeded' ? ['invoice.paid'] : []),
    ...(own !== 'invoice' && find('data.object.invoice') ? [BETTER[became].invoice] : []),
    ...(own === 'charge' && find('data.object.payment_intent') ? [BETTER[became].intent] : []),
  ];
  // Each attempt that fails is news, and has a charge of its own.
  const fact = became === 'failed' ? `failed ${charge ?? find('id')}` : became;
  return { keys: [...keys], fact, better, within: PAYING };
}

const BETTER = {
  paid: { invoice: 'invoice.paid', intent: 'payment_intent.succeeded' },
  failed: { invoice: 'invoice.payment_failed', intent: 'payment_intent.payment_failed' },
} as const;

function customerOf(find: Find): string | undefined {
  return find(
    'data.object.customer_email',
    'data.object.billing_details.email',
    'data.object.receipt_email',
    'data.object.customer_details.email',
    'data.object.email',
    'data.object.customer_name',
    'data.object.billing_details.name',
    'data.object.name',
  );
}

function amountOf(find: Find): string | undefined {
  const amount = find(
    'data.object.amount_due',
    'data.object.amount_total',
    'data.object.amount',
    'data.object.plan.amount',
  );
  const currency = find('data.object.currency', 'data.object.plan.currency');
  if (!amount || !currency || !/^[a-z]{3}$/i.test(currency)) return undefined;
  return moneyText(amount, currency, MINOR_UNITS);
}

const PAGES = dictionary<string>({
  charge: 'payments',
  payment_intent: 'payments',
  customer: 'customers',
  invoice: 'invoices',
  subscription: 'subscriptions',
  payout: 'payouts',
  dispute: 'disputes',
  product: 'products',
  account: 'connect/accounts',
});

function urlOf(find: Find): string | undefined {
  const [object, id, event] = [find('data.object.object'), find('data.object.id'), find('id')];
  const page =
    PAGES(object) && id ? `${PAGES(object)}/${encodeURIComponent(id)}` : event && `events/${encodeURIComponent(event)}`;
  return page && `https://dashboard.stripe.com/${find('livemode') === 'false' ? 'test/' : ''}${page}`;
}

function severityFor(find: Find, type: string): Severity {
  if (/dispute\.(created|funds_withdrawn)|payout\.failed|early_fraud_warning/.test(type)) return 'critical';
  if (FAILED.test(type)) return 'warning';
  if (/succeeded|\.paid$|completed|reinstated/.test(type)) return 'good';
  const state = find('data.object.status') ?? '';
  if (/^(?:failed|past_due|unpaid|uncollectible|incomplete_expired)$/.test(state)) return 'warning';
  // Without a change of status, it was fine before too.
  const changed = find('data.previous_attributes.status') !== undefined;
  return changed && /^(?:paid|succeeded)$/.test(state) ? 'good' : 'info';
}

const FAILED =
  /failed|past_due|overdue|action_required|uncollectible|expir|will_end|cancell?ed|subscription\.(deleted|paused)/;
