import { randomBytes } from 'node:crypto';
import type { About } from '../core/about.ts';
import { field, first, header } from '../core/delivery.ts';
import { guessAbout } from '../core/guess-about.ts';
import { toMoment } from '../core/moment.ts';
import { defineProvider, type Incoming } from '../core/provider.ts';
import { finder } from '../core/words.ts';
import { standardWebhooks } from '../signatures/standard-webhooks.ts';

const guess =
  <Part extends keyof About>(part: Part) =>
  ({ payload, type }: Incoming) =>
    guessAbout(payload, type)[part];

export default defineProvider({
  title: 'Standard Webhooks',
  docs: 'https://www.standardwebhooks.com',
  secret: 'theirs',
  makeSecret: () => `whsec_${randomBytes(32).toString('base64')}`,
  evidence: 'vendor',
  signature: standardWebhooks(),
  eventType: first(field('type'), field('event_type'), field('eventType'), field('event')),
  deliveryId: first(header('webhook-id'), header('svix-id')),
  about: {
    title: guess('title'),
    url: guess('url'),
    source: guess('source'),
    actor: guess('actor'),
    subject: guess('subject'),
    state: guess('state'),
    severity: guess('severity'),
    occurredAt: (event) => toMoment(finder(event.payload)('timestamp')) ?? guess('occurredAt')(event),
    labels: guess('labels'),
  },
  setup: `
1. Add a webhook endpoint where the service lists them, with {{url}} as its URL.
2. Copy the signing secret it shows (it starts with \`whsec_\`), and tell it to us.`,
});
