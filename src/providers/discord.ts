import { field, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { discordPing } from '../handshakes/own/discord-ping.ts';
import { finder } from '../reading/finder.ts';
import { inHeaders } from '../signatures/carriers/in-headers.ts';
import { asBareKey } from '../signatures/keys/public-keys.ts';
import { publicKey } from '../signatures/public-key.ts';
import { body, time } from '../signatures/text/parts.ts';
import { A_DAY } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Discord',
  docs: 'https://docs.discord.com/developers/events/webhook-events',
  secret: 'theirs',
  evidence: 'vendor',
  signature: publicKey({
    carrier: inHeaders({ header: 'x-signature-ed25519' }),
    kind: 'ed25519',
    key: asBareKey('hex'),
    encoding: 'hex',
    signed: [time, body],
    time: { in: { header: 'x-signature-timestamp' }, unit: 'seconds', tolerance: A_DAY },
  }),
  handshake: discordPing,
  answers: { taken: () => ({ status: 204, headers: { 'content-type': 'application/json' }, body: '' }) },
  eventType: ({ payload }) => textAt(payload, 'event.type') ?? (textAt(payload, 'type') ? 'interaction' : undefined),
  deliveryId: field('id'),
  about: {
    source: ({ payload }) => finder(payload)('event.data.guild.name', 'guild_id'),
    actor: ({ payload }) => finder(payload)('event.data.user.username', 'member.user.username'),
  },
  setup: `
1. Open **Developer Portal → your app → General Information**, copy the **Public Key**, and give it to Bellhop: Discord signs its first ping too.
2. Open **Webhooks**, paste {{url}} as **Endpoint URL**, and choose the events you want posted.`,
});
