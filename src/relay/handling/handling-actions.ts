import type { HandledSubject } from '../../core/command/desks/handling-desk.ts';
import { type CleanAction, type CommandAction, cleanCommand, type Message } from '../../core/message/message.ts';

/** One primary button, and one more. */
const BUTTONS = 2;

/** A message with the buttons for what people can do about its subject now. The first of them comes before the template's. */
export function withHandlingActions(
  message: Message,
  eventId: string,
  subject: Pick<HandledSubject, 'phase' | 'isAlarm' | 'handling'>,
): Message {
  const [first, ...others] = toHandlingActions(eventId, subject).map(cleanCommand);
  const isShown = first !== undefined && !first.tucked && message.density !== 'compact';
  const shown = message.actions.filter(({ tucked }) => !tucked).slice(0, isShown ? BUTTONS - 1 : undefined);
  const rest = message.actions.filter((action) => !shown.includes(action)).map(tuck);
  const [button, way] = first && isShown ? [[first], []] : [[], first ? [tuck(first)] : []];
  return { ...message, actions: [...button, ...shown, ...way, ...others.map(tuck), ...rest] };
}

/** What people can do about a subject, what matters most first. */
export function toHandlingActions(
  eventId: string,
  { phase, isAlarm, handling: { acknowledged, resolved } }: Pick<HandledSubject, 'phase' | 'isAlarm' | 'handling'>,
): readonly CommandAction[] {
  const options = { event: eventId };
  const note = { label: 'Add a note', command: 'note', options, tucked: true };
  if (resolved) return [{ label: 'Reopen', command: 'reopen', options, tucked: true }, note];
  if (!isAlarm || phase !== 'open') return [note];
  const resolve = { label: 'Resolve here', command: 'resolve', options };
  if (!acknowledged)
    return [
      { label: 'Acknowledge', command: 'acknowledge', options, style: 'primary' },
      { ...resolve, tucked: true },
      note,
    ];
  return [resolve, { label: 'Undo acknowledge', command: 'unack', options, tucked: true }, note];
}

function tuck<Kind extends CleanAction>(action: Kind): Kind {
  return { ...action, tucked: true };
}
