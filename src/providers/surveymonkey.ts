import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { presence } from '../handshakes/presence.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';
import { asClientPair } from '../signatures/keys/secret-keys.ts';

export default defineProvider({
  title: 'SurveyMonkey',
  docs: 'https://api.surveymonkey.com/v3/docs?shell#webhook-callbacks',
  secret: 'theirs',
  evidence: 'community',
  signature: hmac({ header: 'sm-signature', algorithm: 'sha1', encoding: 'base64', key: asClientPair }),
  handshake: presence,
  eventType: field('event_type'),
  deliveryId: field('event_id'),
  about: {
    source: field('resources.survey_id'),
    subject: ({ payload }) => keyed('response', finder(payload)('object_id')),
    url: field('href'),
  },
  setup: `
1. Give Bellhop the client id and the client secret of your app, with \`&\` between: \`secret=ID&SECRET\`.
2. Create a webhook with the API: \`POST /v3/webhooks\`, with {{url}} as \`subscription_url\`.`,
});
