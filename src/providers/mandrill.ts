import { parseJson } from '../core/delivery/parse-json.ts';
import { textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { anyOf } from '../handshakes/any-of.ts';
import { ping } from '../handshakes/ping.ts';
import { presence } from '../handshakes/presence.ts';
import { keyed } from '../reading/finder.ts';
import { inHeaders } from '../signatures/carriers/in-headers.ts';
import { mac } from '../signatures/mac.ts';
import { formFields, sortedText } from '../signatures/text/form-text.ts';
import { fullUrl } from '../signatures/text/parts.ts';

export default defineProvider({
  title: 'Mailchimp Transactional (Mandrill)',
  docs: 'https://mailchimp.com/developer/transactional/guides/track-respond-activity-webhooks/',
  secret: 'theirs',
  evidence: 'vendor',
  signature: mac({
    carrier: inHeaders({ header: 'x-mandrill-signature' }),
    algorithm: 'sha1',
    encoding: 'base64',
    covers: ['body'],
    signed(delivery, { context }) {
      const fields = formFields(delivery);
      return fields ? [[fullUrl(delivery, context), sortedText(fields)]] : [];
    },
  }),
  handshake: anyOf(
    presence,
    // Its test is signed with a key that everybody knows, and holds no event.
    ping({ unsigned: true, when: ({ body }) => body.toString('latin1', 0, 40) === 'mandrill_events=%5B%5D' }),
  ),
  events: 'mandrill_events.*',
  eventType: ({ payload }) => textAt(eventsOf(payload), '0.event') ?? textAt(eventsOf(payload), '0.type'),
  deliveryId: ({ payload }) => textAt(eventsOf(payload), '0._id'),
  about: {
    actor: ({ payload }) => textAt(eventsOf(payload), '0.msg.email'),
    subject: ({ payload }) => keyed('message', textAt(eventsOf(payload), '0._id')),
    state: ({ payload }) => textAt(eventsOf(payload), '0.msg.state'),
  },
  setup: `
1. Open **Settings → Webhooks → Add a Webhook**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **webhook key**, and give it to Bellhop.`,
});

/** The field `mandrill_events` of the form, which holds JSON. */
function eventsOf(payload: unknown): unknown {
  const outcome = parseJson(textAt(payload, 'mandrill_events') ?? '');
  return outcome.ok ? outcome.payload : undefined;
}
