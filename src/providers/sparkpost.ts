import { at, header, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { ping } from '../handshakes/ping.ts';
import { basic } from '../signatures/basic.ts';
import { chosen } from '../signatures/chosen.ts';

export default defineProvider({
  title: 'SparkPost',
  aliases: ['bird-email'],
  docs: 'https://developers.sparkpost.com/api/webhooks/',
  secret: 'ours',
  evidence: 'community',
  options: { username: { description: 'The user name set there; any when left out' } },
  signature: chosen((_delivery, { options }) => basic(options.username ? { username: options.username } : {})),
  handshake: ping({ unsigned: true, when: ({ body }) => /^\[\{"msys":\{\}\}\]$/.test(body.toString('latin1', 0, 40)) }),
  events: '*',
  eventType: ({ payload }) => textAt(Object.values(Object(at(payload, '0.msys')))[0], 'type'),
  deliveryId: header('x-messagesystems-batch-id'),
  about: {},
  setup: `
1. Open **Configuration → Webhooks → Create webhook** and paste {{url}} as the URL.
2. Choose basic authentication, with any user name and {{secret}} as the password.`,
});
