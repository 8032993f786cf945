import type { Reply } from '../../../core/command/command.ts';
import type { Caller } from '../../../core/command/permission.ts';
import type { Message } from '../../../core/message/message.ts';
import type { DiscordMessages } from '../message/to-discord-messages.ts';
import { markedRow } from '../posting/marks.ts';
import type { Forms } from './forms.ts';
import { replyMark } from './manner.ts';
import type { Responder } from './responder.ts';
import { fitsModal } from './to-modal.ts';

export interface Asked {
  readonly command: string;
  readonly options: Readonly<Record<string, string>>;
}

export interface Turn {
  readonly caller: Caller;
  readonly respond: Responder;
  /** A form that was filled in cannot be answered with another. */
  readonly formAllowed: boolean;
}

export interface AnswerParts {
  readonly forms: Forms;
  readonly toPayloads: (message: Message, most?: 1 | 2) => DiscordMessages;
}

/** What Discord takes of a reply; what one message cannot hold goes on in a second. */
export type ToAnswer = (reply: Reply, asked: Asked, turn: Pick<Turn, 'formAllowed'>) => DiscordMessages;

const ROWS = 5;

export function createAnswers({ forms, toPayloads }: AnswerParts): ToAnswer {
  return ({ message, form, data }, { command, options }, { formAllowed }) => {
    const [first, ...continued] = toPayloads(message);
    // A form that was refused can be corrected without typing all of it again.
    const again = form ?? (!formAllowed && codeOf(data) ? forms.whole(command, options) : undefined);
    const offered = again && fitsModal(again) && first.components.length < ROWS;
    const components = offered ? [...first.components, forms.row(again)] : first.components;
    return [markedRow({ ...first, components }, replyMark(command)), ...continued];
  };
}

function codeOf(data: unknown): unknown {
  return typeof data === 'object' && data !== null && 'code' in data ? data.code : undefined;
}
