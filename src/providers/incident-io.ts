import { at, field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { signedId, standardWebhooks } from '../signatures/standard-webhooks.ts';

export default defineProvider({
  title: 'incident.io',
  aliases: ['incident'],
  docs: 'https://api-docs.incident.io/tag/Webhooks/',
  secret: 'theirs',
  evidence: 'vendor',
  signature: standardWebhooks(),
  eventType: field('event_type'),
  deliveryId: signedId,
  about: {
    source: ({ payload, type }) => finder(at(payload, type))('incident_type.name', 'incident.incident_type.name'),
    subject: ({ payload, type }) => keyed('incident', finder(at(payload, type))('id', 'incident.id')),
    state: ({ payload, type }) => finder(at(payload, type))('incident_status.name', 'incident.incident_status.name'),
  },
  setup: `
1. Open **Settings → Webhooks → Add endpoint**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
