import { field, first, textAt } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { moneyText } from '../core/text/money.ts';
import { dictionary, type Find, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { timestamped } from '../signatures/timestamped.ts';

/** Where its dashboard shows each kind of thing, by the first part of an id. */
const PAGES = dictionary<string>({
  adj: 'transactions-v2',
  ctm: 'customers-v2',
  sub: 'subscriptions-v2',
  txn: 'transactions-v2',
});

// https://developer.paddle.com/webhooks/overview
export default defineProvider({
  title: 'Paddle',
  docs: 'https://developer.paddle.com/webhooks/overview',
  secret: 'theirs',
  evidence: 'vendor',
  sample: 'transaction.completed',
  signature: timestamped({
    header: 'paddle-signature',
    time: { field: 'ts', signature: 'h1', separator: ';' },
    separator: ':',
  }),
  eventType: field('event_type'),
  deliveryId: first(field('event_id'), field('notification_id')),
  about: {
    title: ({ payload, type }) => finder(payload)('data.name') ?? guessAbout(payload, type).title,
    source: ({ payload }) =>
      finder(payload)('data.details.line_items.0.product.name', 'data.items.0.product.name', 'data.items.0.price.name'),
    actor: ({ payload }) => finder(payload)('data.customer.name', 'data.customer.email', 'data.email'),
    subject: ({ payload, type }) => keyed(type.split('.')[0] ?? 'object', finder(payload)('data.id')),
    state: field('data.status'),
    severity: ({ payload, type }) => severityFor(finder(payload), type),
    occurredAt: ({ payload }) => toMoment(finder(payload)('occurred_at', 'data.updated_at')),
    url: ({ payload }) => urlOf(finder(payload)),
    labels: ({ payload }) =>
      labelled({ total: totalOf(finder(payload)), customer: finder(payload)('data.customer_id') }),
  },
  happening({ payload, type }) {
    const [kind = '', deed = ''] = type.split('.');
    const id = textAt(payload, 'data.id');
    if (!id || (kind !== 'transaction' && kind !== 'subscription')) return undefined;
    // Whatever happens to a thing, it is updated besides; and what is completed was paid a moment before.
    const isUpdate = deed === UPDATED;
    const says = isUpdate ? [] : [deed, UPDATED, ...(deed === 'completed' ? ['paid'] : [])];
    return { keys: [`${kind} ${id}`], fact: isUpdate ? UPDATED : deed, says, within: 60 };
  },
  quiet: ({ type }) =>
    /^transaction\.(?:created|ready)$/.test(type) ? 'a checkout that was opened is not paid yet' : undefined,
  setup: `
1. Open **Developer tools → Notifications → New destination**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **secret key**, and give it to Bellhop.`,
});

const UPDATED = 'updated';

function totalOf(find: Find): string | undefined {
  const amount = find(
    'data.details.totals.grand_total',
    'data.details.totals.total',
    'data.totals.total',
    'data.amount',
  );
  const currency = find('data.currency_code', 'data.details.totals.currency_code');
  return amount && currency ? moneyText(amount, currency) : undefined;
}

function urlOf(find: Find): string | undefined {
  // An adjustment is shown with the payment that it changes.
  const id = find('data.transaction_id') ?? find('data.id');
  const page = PAGES(id?.split('_')[0]);
  return `https://vendors.paddle.com/${id && page ? `${page}/${encodeURIComponent(id)}` : ''}`;
}

function severityFor(find: Find, type: string): Severity {
  if (type.startsWith('adjustment.')) {
    const action = find('data.action') ?? '';
    if (action === 'chargeback_reverse') return 'good';
    if (action.startsWith('chargeback')) return 'critical';
    return find('data.status') === 'pending_approval' ? 'warning' : 'info';
  }
  if (/\.(?:payment_failed|past_due|canceled|paused)$/.test(type)) return 'warning';
  return /\.(?:completed|paid|activated|resumed)$/.test(type) ? 'good' : 'info';
}
