import { decodeAction, type TravellingCommand } from '../../core/message/action-text.ts';
import type { Action, CommandAction } from '../../core/message/message.ts';

export interface DrawnButton {
  readonly label: string;
  readonly url: string | undefined;
  /** What the platform would send back on a click. */
  readonly token: string;
}

/**
 * The command behind a drawn button: the message's own action where there is one, since that knows what to ask first; by
 * its label where the platform had to shorten the command; else what the button itself carries, such as one to the rest
 * of a message that was cut.
 */
export function findAction(actions: readonly Action[], { label, url, token }: DrawnButton): CommandAction | undefined {
  if (url) return undefined;
  const commands = actions.filter((action): action is CommandAction => 'command' in action);
  const carried = decodeAction(token);
  const start = label.replace(/…$/, '').trimEnd();
  return (
    commands.find((action) => carried && isSame(action, carried)) ??
    commands.find((action) => action.label === label) ??
    commands.find((action) => start !== '' && action.label.startsWith(start)) ??
    (carried && toAction(label, carried))
  );
}

/** A button that only carries its command knows that it must ask, but not what. */
function toAction(label: string, { command, options, ask }: TravellingCommand): CommandAction {
  const confirm = { title: `${label}?`, text: 'This happens at once.', yes: label };
  return { label, command, options, ...(ask && { confirm }) };
}

type Call = Pick<CommandAction, 'command' | 'options'>;

function isSame(one: Call, other: Call): boolean {
  const names = Object.keys(one.options);
  return (
    one.command === other.command &&
    names.length === Object.keys(other.options).length &&
    names.every((name) => one.options[name] === other.options[name])
  );
}
