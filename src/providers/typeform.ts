import { at, field, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { hmac } from '../signatures/hmac.ts';

// https://www.typeform.com/developers/webhooks/example-payload/
export default defineProvider({
  title: 'Typeform',
  docs: 'https://www.typeform.com/developers/webhooks/secure-your-webhooks/',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'form_response',
  signature: hmac({ header: 'typeform-signature', prefix: 'sha256=', encoding: 'base64' }),
  eventType: field('event_type'),
  deliveryId: field('event_id'),
  about: {
    title: ({ payload, type }) => textAt(payload, 'form_response.definition.title') ?? guessAbout(payload, type).title,
    source: ({ payload }) => finder(payload)('form_response.definition.title', 'form_response.form_id'),
    actor: ({ payload }) => answeredBy(payload),
    subject: ({ payload }) => keyed('response', finder(payload)('form_response.token')),
    state: ({ type }) => (type === 'form_response' ? 'completed' : undefined),
    severity: () => 'info',
    occurredAt: ({ payload }) => toMoment(finder(payload)('form_response.submitted_at', 'form_response.landed_at')),
    url: ({ payload }) => {
      const form = textAt(payload, 'form_response.form_id');
      return form && `https://admin.typeform.com/form/${encodeURIComponent(form)}/results#responses`;
    },
    labels: ({ payload }) => labelled({ score: finder(payload)('form_response.calculated.score') }),
  },
  setup: `
1. Open **Connect → Webhooks → Add a webhook** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Secret**, choose the events you want posted, and save.`,
});

/** A form knows who filled it in where it asks for that, or where its address said so. */
function answeredBy(payload: unknown): string | undefined {
  const hidden = finder(payload)('form_response.hidden.name', 'form_response.hidden.email');
  const answers = at(payload, 'form_response.answers');
  if (hidden || !Array.isArray(answers)) return hidden;
  return answers.map((answer) => textAt(answer, 'email')).find(Boolean);
}
