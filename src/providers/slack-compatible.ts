import { defineProvider } from '../core/provider/provider.ts';
import { slackAnswers } from '../handshakes/slack-answers.ts';
import { chatAbout } from '../reading/chat-about.ts';
import { unsigned } from '../signatures/unsigned.ts';

// https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/
export default defineProvider({
  title: 'Slack-compatible',
  anybody: true,
  docs: 'https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/',
  evidence: 'vendor',
  secret: 'none',
  signature: unsigned(),
  answers: slackAnswers,
  eventType: () => 'message',
  // Slack shows the same words again when they come again; only an attempt repeated at once is one.
  repeatWindow: 10,
  about: chatAbout('slack'),
  sample: 'default',
  setup: `
1. Wherever a tool asks for a Slack webhook URL, paste {{url}}. It answers as Slack does.
2. Keep the URL to yourself. Tools sign nothing in this format, so **the URL is the only secret**: whoever has it can post here, and nobody is pinged by what comes this way. If it leaks, delete the endpoint and make another one.
3. Messages go to this endpoint’s channels, whatever \`channel\` they name.
4. Try it: \`curl -d '{"text": "It *works*"}' -H 'content-type: application/json' {{url}}\``,
});
