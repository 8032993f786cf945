import { userInfo } from 'node:os';
import type { Command } from '../../core/command/command.ts';
import { PREFIX } from '../../core/command/command-text.ts';
import { quoteWord } from '../../core/command/tokenize.ts';
import { toUsage } from '../../core/command/usage.ts';
import { AppError } from '../../core/errors.ts';
import type { Message } from '../../core/message/message.ts';
import { type Answer, createApi } from './api.ts';
import { defineVerb, type Verb } from './verb.ts';

/** A command of the chat as a verb of the command line: the running Bellhop runs it, with the words as they were typed. */
export function toCommandVerb(name: string, command: Command): Verb {
  return defineVerb({
    summary: command.summary,
    usage: toUsage(name, command).slice(`${PREFIX} ${name}`.length).trim(),
    anyWords: true,
    examples: command.examples.map((example) => example.replace(`${PREFIX} `, 'bellhop ')),
    options: { json: { type: 'boolean' }, channel: { type: 'string' } },
    optionHelp: {
      json: 'print the reply as JSON',
      channel: 'where it is typed: a channel of the page, `general` when left out',
    },
    async run({ positionals, values }, { place, print, showMessage }) {
      const { body } = toReply(
        await createApi(place).ask('/commands', {
          body: {
            text: [PREFIX, name, ...positionals.map(asTyped)].join(' '),
            user: whoAmI(),
            timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
            ...(typeof values.channel === 'string' && { channel: values.channel }),
          },
        }),
      );
      const { ok, text, data, message, status } = body;
      if (values.json) print(JSON.stringify({ ok, text, data }, undefined, 2));
      else showMessage(message);
      return ok ? 0 : status === 400 ? 2 : 1;
    },
  });
}

interface ReplyBody {
  readonly ok: boolean;
  readonly status: number;
  readonly text: string;
  readonly data: unknown;
  readonly message: Message;
}

/** The reply to a command, refused or not. Throws `AppError` for an answer that is none. */
function toReply({ status, body }: Answer): { readonly body: ReplyBody } {
  const isReply = typeof body === 'object' && body !== null && 'ok' in body && 'text' in body;
  // The API and the command line are of one version: the reply has the shape that the API describes.
  if (isReply) return { body: { ...(body as ReplyBody), status } };
  const said = typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : '';
  throw new AppError(status, 'refused', said || `Bellhop answered with status ${status}.`);
}

/** The shell took the quotes off; a word that holds spaces or quotes gets them again. A name before `=` stays outside. */
function asTyped(word: string): string {
  const [, name = '', value = ''] = /^([a-z][a-z0-9_-]*=)(.*)$/is.exec(word) ?? [undefined, '', word];
  return value === '' && name ? word : `${name}${quoteWord(value)}`;
}

function whoAmI(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a number that has no name.
    return 'you';
  }
}
