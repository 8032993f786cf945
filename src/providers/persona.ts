import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { sets } from '../signatures/sets.ts';
import { timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Persona',
  docs: 'https://docs.withpersona.com/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: sets(
    'persona-signature',
    timestamped({ header: 'persona-signature', time: { field: 't', signature: 'v1' }, separator: '.' }),
  ),
  eventType: field('data.attributes.name'),
  deliveryId: field('data.id'),
  about: {
    actor: field('data.attributes.payload.data.attributes.reference-id'),
    subject: ({ payload }) => keyed('inquiry', finder(payload)('data.attributes.payload.data.id')),
    state: field('data.attributes.payload.data.attributes.status'),
  },
  setup: `
1. Open **Dashboard → API → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **webhook secret**, and give it to Bellhop.`,
});
