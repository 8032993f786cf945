import { field, first } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, type Find, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { guessType } from '../reading/read-payload.ts';
import { hubspot } from '../signatures/own/hubspot.ts';

/** The numbers of its own kinds of things: https://developers.hubspot.com/docs/guides/crm/understanding-the-crm */
const KINDS = dictionary<string>({
  contact: '0-1',
  company: '0-2',
  deal: '0-3',
  ticket: '0-5',
  product: '0-7',
  line_item: '0-8',
});

// https://developers.hubspot.com/docs/api/webhooks
export default defineProvider({
  title: 'HubSpot',
  aliases: ['hub-spot'],
  docs: 'https://developers.hubspot.com/docs/api/webhooks/validating-requests',
  secret: 'theirs',
  evidence: 'vendor',
  sample: 'deal.propertyChange',
  signature: hubspot,
  events: '*',
  eventType: first(field('0.subscriptionType'), field('subscriptionType'), guessType),
  deliveryId: field('0.eventId'),
  about: {
    title: ({ payload, type }) => guessAbout(payload, type).title,
    source: field('0.portalId'),
    // Who did it is a number; what did it, such as an import, is a word.
    actor: ({ payload }) => {
      const source = finder(payload)('0.changeSource');
      return source && !/^CRM(?:_UI)?$/.test(source) ? source.toLowerCase().replaceAll('_', ' ') : undefined;
    },
    subject: ({ payload, type }) => keyed(kindOf(type), finder(payload)('0.objectId')),
    state: ({ payload, type }) => stateOf(finder(payload), type),
    severity: ({ payload, type }) => severityFor(stateOf(finder(payload), type)),
    occurredAt: ({ payload }) => toMoment(finder(payload)('0.occurredAt')),
    url: ({ payload, type }) => urlOf(finder(payload), type),
    labels: ({ payload }) => labelled({ property: finder(payload)('0.propertyName') }),
  },
  setup: `
1. Open your app in the developer account, then **Webhooks**, paste {{url}} as **Target URL** and create the subscriptions you want posted.
2. Open **Auth**, copy the **Client secret**, and give it to Bellhop.`,
});

function kindOf(type: string): string {
  return type.split('.')[0] ?? type;
}

function stateOf(find: Find, type: string): string | undefined {
  if (type.endsWith('.deletion') || type.endsWith('.privacyDeletion')) return 'deleted';
  return /^(?:dealstage|hs_pipeline_stage|lifecyclestage|hs_lead_status)$/.test(find('0.propertyName') ?? '')
    ? find('0.propertyValue')
    : undefined;
}

function urlOf(find: Find, type: string): string | undefined {
  const [portal, id] = [find('0.portalId'), find('0.objectId', '0.fromObjectId', '0.primaryObjectId')];
  const kind = find('0.objectTypeId', '0.fromObjectTypeId') ?? KINDS(kindOf(type));
  if (!portal) return undefined;
  const account = encodeURIComponent(portal);
  if (kindOf(type) === 'conversation') {
    return id && `https://app.hubspot.com/live-messages/${account}/inbox/${encodeURIComponent(id)}`;
  }
  return id && kind
    ? `https://app.hubspot.com/contacts/${account}/record/${encodeURIComponent(kind)}/${encodeURIComponent(id)}`
    : `https://app.hubspot.com/contacts/${account}`;
}

function severityFor(state: string | undefined): Severity {
  return state === 'closedwon' ? 'good' : state === 'closedlost' ? 'warning' : 'info';
}
