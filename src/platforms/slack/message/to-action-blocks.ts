import { encodeAction } from '../../../core/message/action-text.ts';
import type { Action, CommandAction } from '../../../core/message/message.ts';
import { webUrl } from '../../../core/message/safe-link.ts';
import { oneLine } from '../../../core/text/clean-text.ts';
import { cutText } from '../../../core/text/cut-text.ts';
import { slackLength } from './mrkdwn.ts';
import {
  type ActionElement,
  type OverflowOption,
  plainTextObject,
  type SlackBlock,
  type SlackConfirm,
} from './payload.ts';

// https://docs.slack.dev/reference/block-kit/block-elements
const BUTTON_LIMIT = 10;
const MENU_OPTIONS = 5;
const MENU_LIMIT = 3;
const VALUE_LENGTH = 2000;
const OPTION_VALUE_LENGTH = 150;
const LINK_LENGTH = 3000;
/** Slack takes 75 and shows about 30. */
const LABEL_LENGTH = 50;

export interface ActionBlocks {
  readonly blocks: readonly SlackBlock[];
  /** How many actions have no place: their address cannot be linked, their command is too long, or there are too many. */
  readonly left: number;
}

/**
 * Buttons, and menus for what is tucked away. The command travels in `value`, see `encodeAction`; ids are `run:<n>` for
 * commands, `link:<n>` for addresses, `menu:<n>` for menus. An action that asks first stays a button: a menu could not ask
 * for one option alone.
 */
export function toActionBlocks(
  actions: readonly Action[],
  shorten: (text: string) => string | undefined = () => undefined,
): ActionBlocks {
  const buttons: ActionElement[] = [];
  const options: OverflowOption[] = [];
  const tucked = actions.filter(isTucked);
  for (const [index, action] of actions.entries()) {
    const option =
      tucked.length > 1 && isTucked(action) && options.length < MENU_LIMIT * MENU_OPTIONS
        ? toOption(action, shorten)
        : undefined;
    if (option) {
      options.push(option);
      continue;
    }
    const button = toButton(action, index, shorten);
    if (button && buttons.length < BUTTON_LIMIT) buttons.push(button);
  }

  const elements = [...buttons, ...toMenus(options)];
  return {
    blocks: elements.length > 0 ? [{ type: 'actions', elements }] : [],
    left: actions.length - buttons.length - options.length,
  };
}

function isTucked(action: Action): action is CommandAction {
  return 'command' in action && action.tucked === true && !action.confirm;
}

function toMenus(options: readonly OverflowOption[]): readonly ActionElement[] {
  const menus = Math.ceil(options.length / MENU_OPTIONS);
  return Array.from(
    { length: menus },
    (_, menu): ActionElement => ({
      type: 'overflow',
      action_id: `menu:${menu}`,
      options: options.slice(menu * MENU_OPTIONS, (menu + 1) * MENU_OPTIONS),
    }),
  );
}

function toOption(action: CommandAction, shorten: (text: string) => string | undefined): OverflowOption | undefined {
  const value = fitting(encodeAction(action), OPTION_VALUE_LENGTH, shorten);
  return value ? { text: labelOf(action.label, action.command), value } : undefined;
}

function toButton(
  action: Action,
  index: number,
  shorten: (text: string) => string | undefined,
): ActionElement | undefined {
  if ('url' in action) {
    const url = webUrl(action.url, LINK_LENGTH);
    return url ? { type: 'button', action_id: `link:${index}`, text: labelOf(action.label, 'Open'), url } : undefined;
  }
  const value = fitting(encodeAction(action), VALUE_LENGTH, shorten);
  if (!value) return undefined;
  return {
    type: 'button',
    action_id: `run:${index}`,
    text: labelOf(action.label, action.command),
    value,
    ...(action.style && { style: action.style }),
    ...(action.confirm && { confirm: toConfirm(action.confirm, action.style) }),
  };
}

function fitting(value: string, limit: number, shorten: (text: string) => string | undefined): string | undefined {
  if (value.length <= limit) return value;
  const short = shorten(value);
  return short && short.length <= limit ? short : undefined;
}

function labelOf(label: string, otherwise: string) {
  return plainTextObject(cutText(oneLine(label) || oneLine(otherwise) || 'Go', LABEL_LENGTH, slackLength));
}

function toConfirm(
  { title, text, yes }: NonNullable<CommandAction['confirm']>,
  style: CommandAction['style'],
): SlackConfirm {
  const words = (said: string, limit: number, otherwise: string) =>
    plainTextObject(cutText(oneLine(said) || otherwise, limit, slackLength));
  return {
    title: words(title, 100, 'Are you sure?'),
    text: words(text, 300, 'This happens at once.'),
    confirm: words(yes, 30, 'Yes'),
    deny: plainTextObject('Cancel'),
    ...(style === 'danger' && { style }),
  };
}
