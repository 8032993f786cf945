import { randomBytes } from 'node:crypto';
import { field, first } from '../core/delivery/readers.ts';
import type { About } from '../core/event/about.ts';
import { defineProvider, type Incoming } from '../core/provider/provider.ts';
import { sentence, toWords } from '../core/text/line.ts';
import { toMoment } from '../core/text/moment.ts';
import { finder } from '../reading/finder.ts';

import { guessAbout } from '../reading/guess-about.ts';
import { signedId, standardWebhooks } from '../signatures/standard-webhooks.ts';

const guess =
  <Part extends keyof About>(part: Part) =>
  ({ payload, type }: Incoming) =>
    guessAbout(payload, type)[part];

// The type says what happened, always; what it happened to has no place of its own.
const NAMES = 'title subject name summary message number email customer.name user.name'
  .split(' ')
  .map((name) => `data.${name}`);

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
    title: ({ payload, type }) => {
      const what = finder(payload)(...NAMES);
      return what && type !== 'unknown' ? sentence(`${toWords(type)}:`, what) : guessAbout(payload, type).title;
    },
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
