import type { ReplyBody, World } from '../world.ts';
import { type Chat, type Shown, wordsOf } from './chat.ts';

interface LocalMessage extends Shown {
  readonly message: ReplyBody['message'];
}

const CHANNELS = ['ops', 'deploys'];

/** Somebody at Bellhop's own page, by the interface the page uses. */
export function aLocalChat({ call, messages }: World): Chat<LocalMessage> {
  const told: LocalMessage[] = [];

  async function post(body: object): Promise<ReplyBody> {
    const { json } = await call<ReplyBody>('/api/v1/commands', { method: 'POST', body: { ...body, channel: 'ops' } });
    if (json.visibleTo === 'caller') told.push(toShown({ id: `private-${told.length}`, ...json }, 'ops'));
    return json;
  }

  return {
    async type(text) {
      await post({ text });
    },
    async fill(text, ...forms) {
      let { form } = await post({ text });
      for (const values of forms) {
        if (!form) throw new Error(`\`${text}\` brought no form for ${Object.keys(values).join(', ')}`);
        const { ask, command, options } = form;
        const strange = Object.keys(values).find((name) => !ask.includes(name));
        if (strange) throw new Error(`the form asks for ${ask.join(', ')}, not for ${strange}`);
        ({ form } = await post({ command, options: { ...options, ...values } }));
      }
    },
    async correct(text, { wrong, right }) {
      const { form } = await post({ text });
      if (!form) throw new Error(`\`${text}\` brought no form`);
      const refused = await post({ command: form.command, options: { ...form.options, ...wrong } });
      if (!refused.data?.code) throw new Error(`it was not refused: ${refused.text}`);
      await post({ command: form.command, options: { ...form.options, ...wrong, ...right } });
      return wordsOf(refused.text);
    },
    async press({ message }, label) {
      const action = message.actions.find((candidate) => candidate.label === label);
      await post({ command: action?.command, options: action?.options });
    },
    async seen() {
      const channels = await Promise.all(
        CHANNELS.map(async (channel) => (await messages(channel)).map((message) => toShown(message, channel))),
      );
      return [...channels.flat(), ...told];
    },
  };
}

function toShown(
  { id, message, text }: Pick<ReplyBody, 'message' | 'text'> & { readonly id: string },
  channel: string,
): LocalMessage {
  const labels = message.actions.map(({ label }) => label);
  return {
    key: `${channel} ${id} ${JSON.stringify(message)}`,
    channel,
    text: wordsOf([text, message]),
    labels,
    message,
  };
}
