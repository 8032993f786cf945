import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { dictionary, finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { namedBy } from '../signatures/claims.ts';
import { jwt } from '../signatures/jwt.ts';

const HOSTS = {
  us: 'zoho.com',
  eu: 'zoho.eu',
  in: 'zoho.in',
  au: 'zoho.com.au',
  jp: 'zoho.jp',
  ca: 'zohocloud.ca',
  sa: 'zoho.sa',
  uk: 'zoho.uk',
} as const;
const DATA_CENTERS = dictionary<string>(HOSTS);

export default defineProvider({
  title: 'Zoho Desk',
  aliases: ['zoho'],
  docs: 'https://desk.zoho.com/support/WebhookDocument.do',
  secret: 'none',
  evidence: 'community',
  options: {
    'data-center': { description: 'Where your account is; `us` when left out', choices: Object.keys(HOSTS) },
    organization: { description: 'The id of your organization; any when left out' },
    webhook: { description: 'The id of the webhook; any when left out' },
  },
  signature: jwt({
    header: 'x-zdesk-jwt',
    algorithms: ['RS256'],
    rules: [
      namedBy('iss', 'organization', (id) => `orgId:${id}`),
      namedBy('aud', 'webhook', (id) => `webhookId:${id}`),
    ],
    published({ options }) {
      const host = `desk.${DATA_CENTERS(options['data-center']) ?? 'zoho.com'}`;
      return { url: `https://${host}/.well-known/jwks.json`, hosts: [host] };
    },
  }),
  events: '*',
  eventType: first(field('0.eventType'), field('eventType'), guessType),
  about: {
    source: field('0.payload.departmentId'),
    subject: ({ payload }) => keyed('ticket', finder(payload)('0.payload.id')),
    state: field('0.payload.status'),
    url: field('0.payload.webUrl'),
  },
  setup: `
1. Open **Setup → Developer space → Webhooks** and paste {{url}} as the URL.`,
});
