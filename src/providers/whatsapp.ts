import { joined } from '../core/delivery/joined.ts';
import { at, field, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { hubChallenge } from '../handshakes/hub-challenge.ts';
import { finder } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'WhatsApp Cloud API',
  aliases: ['whatsapp-business'],
  docs: 'https://developers.facebook.com/docs/whatsapp/cloud-api/guides/set-up-webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  options: {
    'verify-token': { description: 'The verify token you type there; the last part of the URL when left out' },
  },
  signature: hmac({ header: 'x-hub-signature-256', prefix: 'sha256=' }),
  handshake: hubChallenge,
  events: 'entry.*.changes.*.value.messages|statuses.*',
  eventType: ({ payload }) => {
    const value = at(payload, 'entry.0.changes.0.value');
    if (at(value, 'statuses') && !at(value, 'messages')) return 'statuses';
    return textAt(payload, 'entry.0.changes.0.field');
  },
  // One message has several states, one after the other.
  deliveryId: ({ payload }) => {
    const value = at(payload, 'entry.0.changes.0.value');
    return (
      textAt(value, 'messages.0.id') ?? joined('/', textAt(value, 'statuses.0.id'), textAt(value, 'statuses.0.status'))
    );
  },
  about: {
    source: field('entry.0.changes.0.value.metadata.display_phone_number'),
    actor: ({ payload }) =>
      finder(payload)('entry.0.changes.0.value.contacts.0.profile.name', 'entry.0.changes.0.value.messages.0.from'),
    state: field('entry.0.changes.0.value.statuses.0.status'),
  },
  setup: `
1. Open **App Dashboard → WhatsApp → Configuration → Webhook**.
2. Paste {{url}} as **Callback URL**, and as **Verify token** its last part: what stands after \`/in/\`. Or give the endpoint another token by \`verify-token=…\`.
3. Open **App settings → Basic**, copy the **App Secret**, and give it to Bellhop.`,
});
