import type { CommandParts } from '../../../core/command/command.ts';
import { type HandledSubject, type HandlingChange, objectionTo } from '../../../core/command/desks/handling-desk.ts';
import { type Caller, personOf } from '../../../core/command/permission.ts';
import { reply } from '../../../core/command/reply.ts';
import type { StoredEvent } from '../../../core/event/event.ts';
import { eventLink } from '../../../core/event/event-line.ts';
import { escapeMarkdown, type Markdown } from '../../../core/message/message.ts';
import { isSamePlace } from '../../../core/settings/channel.ts';
import { describePlace } from '../find-place.ts';

export interface Deed {
  readonly change: HandlingChange;
  /** In the past tense, as the audit and the reply say it: `acknowledged`. */
  readonly done: string;
  /** What the reply says behind the event. */
  readonly rest?: string;
}

/** Changes what is done about an event's subject, and says where that shows. */
export async function handle(
  event: StoredEvent,
  { change, done, rest = '' }: Deed,
  caller: Caller,
  parts: CommandParts,
) {
  const { handling, changes } = parts;
  const subject = await handling.of(event);
  const link = eventLink(event);
  if (!subject)
    return reply(
      `${link} is a single event: it has no alert, pull request or other subject that could be acknowledged, resolved or noted.`,
      { severity: 'warning', data: { code: 'no_subject' } },
    );
  const objection = objectionTo(change, subject);
  if (objection)
    return reply(`${link}\n${objection.message}`, { severity: 'warning', data: { code: objection.code, subject } });
  const changed = await changes.record(
    { action: actionOf(change), endpointId: event.endpointId, detail: `${done} event ${event.id}${rest}` },
    () => handling.change(event, change, toDoer(caller, parts)),
  );
  return reply(`You ${done} ${link}${rest}. ${await whereShown(changed, event, caller, parts)}`, {
    severity: 'good',
    data: { subject: changed },
  });
}

function actionOf(change: HandlingChange): string {
  return typeof change === 'object' ? 'note' : change;
}

function toDoer(caller: Caller, { platforms }: CommandParts) {
  const on = caller.platform === 'local' ? 'the page' : (platforms.get(caller.platform)?.title ?? caller.platform);
  return { by: personOf(caller), byName: caller.userName, on };
}

/** Where it shows, as far as the caller may know. */
async function whereShown(
  { places }: HandledSubject,
  { endpointId }: StoredEvent,
  caller: Caller,
  { view, platforms }: CommandParts,
): Promise<Markdown> {
  const { routes = [] } = (await view.lookUp(endpointId)) ?? {};
  const shown = routes.filter((route) => places.some((place) => isSamePlace(place, route)));
  if (shown.length > 0)
    return `That shows in ${shown.map((place) => escapeMarkdown(describePlace(place, caller, platforms))).join(', ')}.`;
  return places.length > 0
    ? 'That shows in its messages.'
    : 'No channel has a message for it, so this shows only in `/webhook event` and on the page.';
}
