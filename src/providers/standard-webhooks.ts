import { randomBytes } from 'node:crypto';
import { field, first } from '../core/delivery/readers.ts';
import type { About } from '../core/event/about.ts';
import { defineProvider, type Incoming } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { signedId, standardWebhooks } from '../signatures/standard-webhooks.ts';

const guess =
  <Part extends keyof About>(part: Part) =>
  ({ payload, type }: Incoming) =>
    guessAbout(payload, type)[part];

export default defineProvider({
  title: 'Standard Webhooks',
  anybody: true,
  docs: 'https://www.standardwebhooks.com',
  secret: 'theirs',
  makeSecret: () => `whsec_${randomBytes(32).toString('base64')}`,
  evidence: 'vendor',
  signature: standardWebhooks(),
  eventType: first(field('type'), field('event_type'), field('eventType'), field('event')),
  deliveryId: signedId,
  about: {
    title: guess('title'),
    url: guess('url'),
    source: guess('source'),
    actor: guess('actor'),
    subject: guess('subject'),
    state: guess('state'),
    severity: guess('severity'),
    // The specification says when it happened.
    occurredAt: (event) => toMoment(field('timestamp')(event)) ?? guess('occurredAt')(event),
    labels: guess('labels'),
  },
  setup: `
1. Add a webhook endpoint where the service lists them, with {{url}} as its URL.
2. Copy the signing secret it shows (it starts with \`whsec_\`), and give it to Bellhop.`,
});
