import type { App } from '@slack/bolt';
import type { Reply } from '../../../core/command/command.ts';
import type { Log } from '../../../core/log.ts';
import type { ParseMarkdown } from '../../../core/message/tree.ts';
import { toLine } from '../../../core/text/line.ts';
import { partOf, textOf } from '../connection/answer-parts.ts';
import type { SlackCall } from '../connection/web-calls.ts';
import type { Channels } from './channels.ts';
import type { Conversation, Interaction } from './conversation.ts';
import { commandOf, commandsIn } from './find-command.ts';
import { FORM, type ListOption } from './form-view.ts';
import { memoryOf } from './forms.ts';
import { fromSlackText } from './from-slack-text.ts';
import { toHomeView } from './home-view.ts';
import { originOf } from './origin.ts';
import type { Submission } from './submit-form.ts';

export interface ListenParts {
  readonly conversation: Conversation;
  readonly submit: (submission: Submission) => Promise<void>;
  readonly suggest: (body: unknown) => Promise<readonly ListOption[]>;
  readonly channels: Pick<Channels, 'rename'>;
  readonly call: SlackCall;
  readonly parseMarkdown: ParseMarkdown;
  readonly log: Log;
}

/** The message shortcut "Why did I see this?". */
export const WHY = 'why';
const HOME_PARTS = ['list', 'mutes', 'failed'];
const WORDS = 200;

/** Routes everything that people do in Slack to commands. It is acknowledged first; the work comes after. */
export function listen(
  app: Pick<App, 'command' | 'action' | 'options' | 'view' | 'shortcut' | 'event' | 'error'>,
  parts: ListenParts,
): void {
  const { conversation, submit, suggest, channels, call, parseMarkdown, log } = parts;
  /** An acknowledgement that finds its socket gone changes nothing: the answer goes another way. */
  const acknowledged = (acknowledgement: Promise<unknown>) =>
    acknowledgement.catch((error: unknown) =>
      log.warn({ platform: 'slack', err: error }, 'an acknowledgement did not reach Slack'),
    );

  app.command(/^\//, async ({ ack, command }) => {
    await acknowledged(ack());
    const at: Interaction = {
      user: command.user_id,
      channel: command.channel_id,
      channelName: command.channel_name,
      responseUrl: command.response_url,
      trigger: command.trigger_id,
    };
    await conversation.perform(at, { text: fromSlackText(command.text) });
  });

  app.action({ type: 'block_actions' }, async ({ ack, body, action }) => {
    await acknowledged(ack());
    const found = commandOf(action);
    if (!found) return;
    const at = whereabouts(body);
    const id = partOf(body, 'container', 'is_ephemeral') === true ? textOf(body, 'container', 'message_ts') : undefined;
    const clicked = id ? { clicked: { id, origin: originOf(action) } } : {};
    await conversation.perform({ ...at, ...clicked }, { command: found.command, options: found.options });
    if (!at.channel) await publishHome(at.user);
  });

  app.view(FORM, async ({ ack, body, view }) => {
    const memory = memoryOf(view);
    // Bolt's type of an acknowledgement wants mutable lists; what is sent is the same.
    const answer = ack as (outcome?: unknown) => Promise<void>;
    if (memory)
      await submit({
        user: body.user.id,
        view,
        memory,
        ack: (outcome) => acknowledged(answer(outcome)).then(() => undefined),
      });
    else await acknowledged(ack());
  });

  app.options<'block_suggestion'>({ type: 'block_suggestion' }, async ({ ack, body }) => {
    await acknowledged(ack({ options: [...(await suggest(body))] }));
  });

  app.shortcut({ callback_id: WHY, type: 'message_action' }, async ({ ack, body }) => {
    await acknowledged(ack());
    const message: unknown = 'message' in body ? body.message : undefined;
    await conversation.perform(whereabouts(body), whyOf(message));
  });

  app.event('app_home_opened', async ({ event }) => {
    if (event.tab === 'home') await publishHome(event.user);
  });

  for (const kind of ['channel_rename', 'group_rename'] as const)
    app.event(kind, async ({ event: { channel } }) => channels.rename({ id: channel.id, name: channel.name }));

  app.error(async (error) => log.error({ platform: 'slack', err: error }, 'something from Slack could not be handled'));

  async function publishHome(user: string): Promise<void> {
    const replies: Reply[] = [];
    for (const command of HOME_PARTS) {
      const said = await conversation.ask({ user }, { command, options: { mine: 'true' } });
      replies.push(said);
      // Whoever may not see one part may see none, and one notice is enough.
      if (textOf(said.data, 'code') === 'forbidden') break;
    }
    await call('views.publish', { user_id: user, view: toHomeView(replies, parseMarkdown) }).catch((error: unknown) =>
      log.warn({ platform: 'slack', err: error }, 'the Home tab could not be shown'),
    );
  }
}

/** Asks about the event whose id a message's buttons carry, else about what the message says. */
function whyOf(message: unknown) {
  const commands = commandsIn(message);
  const own = commands.find(({ command }) => command === WHY);
  if (own) return { command: WHY, options: own.options };
  const event = commands.map(({ options }) => options.event).find((id) => id);
  const words = event ?? toLine(fromSlackText(textOf(message, 'text') ?? ''), WORDS) ?? '';
  return { text: `${WHY} "${words.replace(/[\\"]/g, ' ')}"` };
}

function whereabouts(body: unknown): Interaction {
  const [channel, channelName] = [textOf(body, 'channel', 'id'), textOf(body, 'channel', 'name')];
  const [responseUrl, trigger] = [textOf(body, 'response_url'), textOf(body, 'trigger_id')];
  const thread = textOf(body, 'container', 'thread_ts') ?? textOf(body, 'message', 'thread_ts');
  return {
    user: textOf(body, 'user', 'id') ?? '',
    ...(channel && { channel }),
    ...(channelName && { channelName }),
    ...(responseUrl && { responseUrl }),
    ...(trigger && { trigger }),
    ...(thread && { thread }),
  };
}
