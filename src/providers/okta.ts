import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { echoHeader } from '../handshakes/echo-header.ts';
import { finder, keyed } from '../reading/finder.ts';
import { chosen } from '../signatures/chosen.ts';
import { token } from '../signatures/token.ts';

export default defineProvider({
  title: 'Okta',
  docs: 'https://developer.okta.com/docs/concepts/event-hooks/',
  secret: 'ours',
  evidence: 'vendor',
  options: { header: { description: 'The header chosen there; `authorization` when left out' } },
  signature: chosen((_delivery, { options }) => token({ header: options.header?.toLowerCase() ?? 'authorization' })),
  handshake: echoHeader({ method: 'GET', header: 'x-okta-verification-challenge', as: { json: 'verification' } }),
  events: 'data.events.*',
  eventType: first(field('data.events.0.eventType'), field('eventType')),
  deliveryId: field('eventId'),
  about: {
    source: field('source'),
    actor: field('data.events.0.actor.displayName'),
    subject: ({ payload }) => keyed('target', finder(payload)('data.events.0.target.0.id')),
    state: field('data.events.0.outcome.result'),
  },
  setup: `
1. Open **Workflow → Event Hooks → Create Event Hook** and paste {{url}} as **URL**.
2. Choose \`Authorization\` as **Authentication field** and paste {{secret}} as **Authentication secret**. Another field is named here by \`header=…\`.
3. Choose the events you want posted, save, and verify the hook.`,
});
