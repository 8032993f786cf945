import { defineProvider } from '../core/provider/provider.ts';
import { discordAnswers } from '../handshakes/discord-answers.ts';
import { chatAbout } from '../reading/chat-about.ts';
import { unsigned } from '../signatures/unsigned.ts';

// https://discord.com/developers/docs/resources/webhook#execute-webhook
export default defineProvider({
  title: 'Discord-compatible',
  anybody: true,
  docs: 'https://discord.com/developers/docs/resources/webhook#execute-webhook',
  evidence: 'vendor',
  secret: 'none',
  signature: unsigned(),
  answers: discordAnswers,
  // Discord takes messages in Slack's format there.
  paths: ['slack'],
  eventType: () => 'message',
  // Discord shows the same words again when they come again; only an attempt repeated at once is one.
  repeatWindow: 10,
  about: chatAbout('discord'),
  sample: 'default',
  setup: `
1. Wherever a tool asks for a Discord webhook URL, paste {{url}}. It answers as Discord does, with \`?wait=true\` too, and takes messages in Slack’s format at the same URL with \`/slack\` behind it.
2. Keep the URL to yourself. Tools sign nothing in this format, so **the URL is the only secret**: whoever has it can post here, and nobody is pinged by what comes this way. If it leaks, delete the endpoint and make another one.
3. Messages go to this endpoint’s channels and threads named by a tool are ignored. Files are not passed on, and messages cannot be edited afterwards.
4. Try it: \`curl -d '{"content": "It **works**"}' -H 'content-type: application/json' {{url}}\``,
});
