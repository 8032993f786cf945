import type { Clock } from '../../../core/clock.ts';
import type { Reply } from '../../../core/command/command.ts';
import type { Log } from '../../../core/log.ts';
import type { ParseMarkdown } from '../../../core/message/tree.ts';
import { plainText } from '../../../core/message/tree-text.ts';
import { cutText } from '../../../core/text/cut-text.ts';
import { listOf, textOf } from '../connection/answer-parts.ts';
import type { SlackCall } from '../connection/web-calls.ts';
import type { Conversation } from './conversation.ts';
import type { ModalView } from './form-view.ts';
import type { FormMemory, Forms } from './forms.ts';
import { toNotice } from './notice-view.ts';
import { readForm } from './read-form.ts';

/** What a submitted modal shows next; without a value it closes. */
export type FormOutcome =
  | undefined
  | { readonly response_action: 'errors'; readonly errors: Readonly<Record<string, string>> }
  | { readonly response_action: 'update'; readonly view: ModalView };

export interface Submission {
  readonly user: string;
  readonly view: unknown;
  readonly memory: FormMemory;
  readonly ack: (outcome: FormOutcome) => Promise<void>;
}

export interface SubmitParts {
  readonly conversation: Conversation;
  readonly forms: Forms;
  readonly call: SlackCall;
  readonly clock: Clock;
  readonly parseMarkdown: ParseMarkdown;
  readonly log: Log;
}

// Slack waits three seconds for what becomes of a modal.
const DECIDE_WITHIN = 2_000;
const ERROR_LENGTH = 500;

/** Runs what a modal collected: mistakes are shown beside their fields, everything else where the modal came from. */
export function createSubmit({
  conversation,
  forms,
  call,
  clock,
  parseMarkdown,
  log,
}: SubmitParts): (submission: Submission) => Promise<void> {
  const say = ({ message }: Reply, otherwise = 'That did not work. Try again, or type the command.') =>
    cutText(plainText(parseMarkdown(message.body)) || otherwise, ERROR_LENGTH);

  async function outcomeOf(
    reply: Reply,
    { view, memory, user }: Submission,
  ): Promise<{ readonly outcome: FormOutcome; readonly shown: boolean }> {
    const blocks = listOf(view, 'blocks').flatMap((block) => textOf(block, 'block_id') ?? []);
    const field = textOf(reply.data, 'field');
    if (field && blocks.includes(field))
      return { outcome: { response_action: 'errors', errors: { [field]: say(reply) } }, shown: true };
    if (reply.form) {
      const next = await forms.toView(memory.to, reply.form, await conversation.callerOf({ ...memory.to, user }));
      if (next) return { outcome: { response_action: 'update', view: next }, shown: true };
    }
    const [first] = blocks;
    const refused = failed(reply);
    if (refused && first && reply.message.actions.length === 0)
      return { outcome: { response_action: 'errors', errors: { [first]: say(reply) } }, shown: true };
    return { outcome: undefined, shown: false };
  }

  return async (submission) => {
    const { user, view, memory, ack } = submission;
    // The modal's memory says where the answer goes, and Slack says who answered.
    const at = { ...memory.to, user, command: memory.command };
    const running = conversation.ask(at, {
      command: memory.command,
      options: { ...memory.options, ...readForm(view) },
    });
    const timer = new AbortController();
    const reply = await Promise.race([running, clock.sleep(DECIDE_WITHIN, timer.signal)]);
    timer.abort();
    if (reply) {
      const { outcome, shown } = await outcomeOf(reply, submission);
      await ack(outcome);
      if (!shown) await conversation.show(at, reply);
      return;
    }
    await ack({ response_action: 'update', view: toNotice('Working on it…') });
    const late = await running;
    await conversation.show(at, late);
    const said = toNotice(failed(late) ? say(late) : `Done: ${say(late, 'the command ran.')}`);
    await call('views.update', { view_id: textOf(view, 'id'), view: said }).catch((error: unknown) =>
      log.info({ platform: 'slack', err: error }, 'the result could not be shown in a modal'),
    );
  };
}

function failed({ message, data }: Reply): boolean {
  return message.severity === 'warning' && textOf(data, 'code') !== undefined;
}
