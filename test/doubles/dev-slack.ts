import { createInterface } from 'node:readline';
import { loadConfig } from '../../src/app/config.ts';
import { type App, createApp } from '../../src/app/create-app.ts';
import { systemClock } from '../../src/app/system-clock.ts';
import { createLog } from '../../src/app/terminal/create-log.ts';
import type { Platform } from '../../src/core/platform/platform.ts';
import { createSlackPlatform } from '../../src/platforms/slack/create-slack-platform.ts';
import { parseMarkdown } from '../../src/render/markdown/markdown.ts';
import { APP_TOKEN, BOT_TOKEN, startSlack } from './slack/double.ts';

// Bellhop beside a double of Slack. What is posted in a channel there shows on the page in a channel of the same name;
// what is typed here is typed in the workspace, where replies for one person alone are printed.
const slack = await startSlack();
const config = loadConfig(process.env);
const log = createLog(config.LOG_LEVEL);
const platform = createSlackPlatform({
  botToken: BOT_TOKEN,
  appToken: APP_TOKEN,
  apiUrl: slack.apiUrl,
  parseMarkdown,
  clock: systemClock,
  log,
});

let app: App | undefined;
const shown: Platform = {
  ...platform,
  async post(channel, message, options) {
    const ref = await platform.post(channel, message, options);
    const { name } = await platform.channel(channel);
    await app?.platforms.get('local')?.post(name, message, { nonce: options.nonce });
    return ref;
  },
};
app = await createApp({ config, log, platforms: [shown], print: (line) => console.log(line) });
await app.start();
while (!platform.health().ready) await new Promise((resolve) => setTimeout(resolve, 50));

const lines = createInterface({ input: process.stdin, output: process.stdout, prompt: '\nSlack #ops> ' });
console.log(
  '  Type a command for the workspace here, such as /webhook new github. Its channels: #ops, #deploys, #secret …',
);
lines.prompt();
let heard = 0;
lines.on('line', async (line) => {
  if (line.trim()) await slack.type(line.startsWith('/') ? line : `/webhook ${line}`, { channel: 'ops' });
  await new Promise((resolve) => setTimeout(resolve, 500));
  const replies = slack.ephemeral();
  for (const { text } of replies.slice(heard)) console.log(text);
  heard = replies.length;
  lines.prompt();
});
lines.on('close', async () => {
  await app?.stop();
  await slack.stop();
  process.exit(0);
});
