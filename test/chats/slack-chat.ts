import type { Slack } from '../doubles/slack/double.ts';
import type { Json } from '../doubles/slack/workspace.ts';
import { type Chat, eventually, type Shown, wordsOf } from './chat.ts';

type Message = Parameters<Slack['click']>[0];

interface SlackShown extends Shown {
  readonly message: Message;
}

const CHANNELS = ['ops', 'deploys'];

/** Somebody in the Slack of the double. */
export function aSlackChat(slack: Slack): Chat<SlackShown> {
  async function open(line: string) {
    const before = slack.modal()?.id;
    mustTake(await slack.type(line));
    return eventually(() => {
      const now = slack.modal();
      return now && now.id !== before ? now : undefined;
    }, `a modal for \`${line}\``);
  }

  function submit(modal: Awaited<ReturnType<typeof open>>, values: Readonly<Record<string, string>>) {
    const labels = new Map(
      (modal.content.blocks as readonly Json[]).map(({ block_id, label }) => [
        block_id,
        String((label as Json | undefined)?.text),
      ]),
    );
    const labelled = Object.entries(values).map(([name, value]) => [labels.get(name) ?? name, value]);
    return slack.submit(modal, Object.fromEntries(labelled));
  }

  return {
    async type(line) {
      mustTake(await slack.type(line));
    },
    async fill(line, ...forms) {
      let modal = await open(line);
      for (const values of forms) {
        mustTake(await submit(modal, values));
        modal = slack.modal() ?? modal;
      }
    },
    async correct(line, { wrong, right }) {
      const modal = await open(line);
      const refused = await submit(modal, wrong);
      if (!refused.acknowledged || refused.payload?.response_action !== 'errors')
        throw new Error(`it was not refused: ${JSON.stringify(refused)}`);
      mustTake(await submit(modal, right));
      return wordsOf(refused.payload);
    },
    async press({ message }, label) {
      mustTake(await slack.click(message, label));
    },
    async explain({ message }) {
      if ('content' in message) throw new Error('a modal has no message menu');
      mustTake(await slack.shortcut('why', { message }));
    },
    async seen() {
      const channels = CHANNELS.flatMap((name) => slack.messages(name).map((message) => toShown(message, name)));
      return [...channels, ...slack.ephemeral().map((message) => toShown(message, 'ops'))];
    },
  };
}

function toShown(message: Exclude<Message, { content: unknown }>, channel: string): SlackShown {
  const { ts, text, blocks, attachments } = message;
  const content = JSON.stringify({ text, blocks, attachments });
  const labels = [...content.matchAll(/"text":\{"type":"plain_text","text":("(?:[^"\\]|\\.)*")/g)];
  return {
    key: `${channel} ${ts} ${content}`,
    channel,
    text: wordsOf(JSON.parse(content)),
    labels: labels.map(([, label]) => JSON.parse(label ?? '""')),
    message,
  };
}

function mustTake(outcome: Awaited<ReturnType<Slack['click']>>): void {
  if (!outcome.acknowledged) throw new Error(`Slack got no acknowledgement: ${outcome.reason}`);
  if (outcome.payload?.response_action === 'errors') throw new Error(JSON.stringify(outcome.payload));
}
