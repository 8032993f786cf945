import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { larkChallenge } from '../handshakes/own/lark-challenge.ts';
import { finder, keyed } from '../reading/finder.ts';
import { chosen } from '../signatures/chosen.ts';
import { byEncryptKey, byToken } from '../signatures/own/lark.ts';

export default defineProvider({
  title: 'Lark and Feishu',
  aliases: ['lark', 'feishu'],
  docs: 'https://open.larksuite.com/document/server-docs/event-subscription-guide/overview',
  secret: 'theirs',
  evidence: 'vendor',
  options: {
    verify: {
      description: 'Whether an encrypt key or only the verification token is set there',
      choices: ['encrypt', 'token'],
    },
  },
  signature: chosen((_delivery, { options }) => (options.verify === 'token' ? byToken : byEncryptKey)),
  handshake: larkChallenge,
  eventType: first(field('header.event_type'), field('event.type')),
  deliveryId: first(field('header.event_id'), field('uuid')),
  about: {
    source: field('header.tenant_key'),
    actor: ({ payload }) => finder(payload)('event.sender.sender_id.user_id', 'event.operator.user_id'),
    subject: ({ payload }) => keyed('message', finder(payload)('event.message.message_id')),
  },
  setup: `
1. Open **Developer Console → your app → Events and callbacks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **Encrypt Key**, and give it to Bellhop.`,
});
