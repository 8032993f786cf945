import { field } from '../core/delivery/readers.ts';
import { jsonAnswer } from '../core/provider/handshake.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';
import { asBase64 } from '../signatures/keys/secret-keys.ts';

export default defineProvider({
  title: 'Microsoft Teams outgoing webhook',
  aliases: ['microsoft-teams', 'teams'],
  docs: 'https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-outgoing-webhook',
  secret: 'theirs',
  evidence: 'vendor',
  signature: hmac({ header: 'authorization', prefix: 'HMAC ', encoding: 'base64', key: asBase64 }),
  answers: { taken: () => jsonAnswer({ type: 'message', text: 'Received.' }) },
  eventType: field('type'),
  deliveryId: field('id'),
  about: {
    source: ({ payload }) => finder(payload)('channelData.team.name', 'conversation.name'),
    actor: field('from.name'),
    subject: ({ payload }) => keyed('conversation', finder(payload)('conversation.id')),
  },
  setup: `
1. Open **Team → Manage team → Apps → Create an outgoing webhook**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **security token**, and give it to Bellhop.`,
});
