import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { type ClaimRule, namedBy } from '../signatures/claims.ts';
import { jwt } from '../signatures/jwt.ts';
import { withMessageRead } from '../signatures/own/pub-sub.ts';
import { fullUrl } from '../signatures/text/parts.ts';

const audience: ClaimRule = {
  claim: 'aud',
  is: (delivery, context) =>
    context.options.audience ? [context.options.audience] : [fullUrl(delivery, context), context.url],
};

const verifiedEmail: ClaimRule = {
  claim: 'email_verified',
  is: (_delivery, { options: { email } }) => (email ? ['true'] : undefined),
};

export default defineProvider({
  title: 'Google Cloud Pub/Sub',
  aliases: ['pubsub', 'google-cloud-pubsub', 'gmail'],
  docs: 'https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions',
  secret: 'none',
  evidence: 'community',
  options: {
    audience: { description: 'The audience set there; the URL of the endpoint when left out' },
    email: { description: 'The service account that may push; any of Google’s when left out' },
  },
  signature: withMessageRead(
    jwt({
      header: 'authorization',
      prefix: 'Bearer ',
      algorithms: ['RS256'],
      issuer: ['https://accounts.google.com', 'accounts.google.com'],
      rules: [audience, namedBy('email', 'email'), verifiedEmail],
      dated: 'exp',
      published: () => ({ url: 'https://www.googleapis.com/oauth2/v3/certs', hosts: ['www.googleapis.com'] }),
    }),
  ),
  eventType: first(field('message.attributes.eventType'), field('message.attributes.event'), guessType),
  deliveryId: first(field('message.messageId'), field('message.message_id')),
  about: {
    source: field('subscription'),
    subject: ({ payload }) => keyed('message', finder(payload)('message.messageId')),
  },
  setup: `
1. Open **Pub/Sub → Subscriptions → Create subscription**, choose **Push** and paste {{url}} as **Endpoint URL**.
2. Check **Enable authentication**, choose a service account, and leave **Audience** empty or give the same here by \`audience=…\`.
3. Name that account here by \`email=…\`, so that no other one counts.`,
});
