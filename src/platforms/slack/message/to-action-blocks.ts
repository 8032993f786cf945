import { encodeAction } from '../../../core/message/action-text.ts';
import type { CleanAction, CleanCommandAction } from '../../../core/message/message.ts';
import { cutText } from '../../../core/text/cut-text.ts';
import { slackLength } from './mrkdwn.ts';
import {
  type ActionElement,
  type OverflowMenu,
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
/** Slack takes 75 and shows about 30. */
const LABEL_LENGTH = 50;

export interface ActionParts {
  /** Whether there is a first line that a menu can stand beside. */
  readonly beside?: boolean;
  /** Leads to all that is tucked away, where a menu cannot hold it. */
  readonly menu?: CleanCommandAction | undefined;
}

export interface ActionBlocks {
  /** The menu for beside the first line, where it takes no row. */
  readonly menu: OverflowMenu | undefined;
  readonly blocks: readonly SlackBlock[];
  /** How many actions have no place: their command is too long, or there are too many. */
  readonly left: number;
}

/**
 * Buttons, and menus for what is tucked away. The command travels in `value`, see `encodeAction`; ids are `run:<n>` for
 * commands, `link:<n>` for addresses, `menu:<n>` for menus. An action that asks first stays a button: a menu could not ask
 * for one option alone.
 */
export function toActionBlocks(actions: readonly CleanAction[], parts: ActionParts = {}): ActionBlocks {
  const { beside = false, menu: way } = parts;
  const inMenu = actions.filter(isTucked).length > (beside ? 0 : 1);
  const buttons: ActionElement[] = [];
  const options: OverflowOption[] = [];
  let hidden = 0;
  for (const [index, action] of actions.entries()) {
    const tucked = inMenu && isTucked(action);
    const option = tucked && options.length < MENU_LIMIT * MENU_OPTIONS ? toOption(action, index) : undefined;
    if (option) options.push(option);
    else if (tucked && way) hidden++;
    else {
      const button = toButton(action, index);
      if (button && buttons.length < BUTTON_LIMIT) buttons.push(button);
    }
  }

  const [menu, ...menus] = toMenus(options, hidden > 0 || options.length > MENU_OPTIONS ? way : undefined);
  const inRow = [...buttons, ...(beside || !menu ? menus : [menu, ...menus])];
  return {
    menu: beside ? menu : undefined,
    blocks: inRow.length > 0 ? [{ type: 'actions', elements: inRow }] : [],
    left: actions.length - buttons.length - options.length - hidden,
  };
}

function isTucked(action: CleanAction): boolean {
  return action.tucked === true && !('confirm' in action && action.confirm);
}

/** As few menus as hold the options; one of them and the way to all others, where there is one. */
function toMenus(options: readonly OverflowOption[], way: CleanCommandAction | undefined): readonly OverflowMenu[] {
  const more = way && toOption(way, 0);
  if (more) {
    const shown = [...options.slice(0, MENU_OPTIONS - 1), { ...more, text: plainTextObject('More…') }];
    return [{ type: 'overflow', action_id: 'menu:0', options: shown }];
  }
  return Array.from({ length: Math.ceil(options.length / MENU_OPTIONS) }, (_, index) => ({
    type: 'overflow',
    action_id: `menu:${index}`,
    options: options.slice(index * MENU_OPTIONS, (index + 1) * MENU_OPTIONS),
  }));
}

function toOption(action: CleanAction, index: number): OverflowOption | undefined {
  // An entry that only opens a page must have a value, and this one is not a command.
  if ('url' in action) return { text: labelOf(action.label), value: `|link:${index}`, url: action.url };
  const value = encodeAction(action);
  return value.length <= OPTION_VALUE_LENGTH ? { text: labelOf(action.label), value } : undefined;
}

function toButton(action: CleanAction, index: number): ActionElement | undefined {
  if ('url' in action)
    return { type: 'button', action_id: `link:${index}`, text: labelOf(action.label), url: action.url };
  const value = encodeAction(action);
  if (value.length > VALUE_LENGTH) return undefined;
  return {
    type: 'button',
    action_id: `run:${index}`,
    text: labelOf(action.label),
    value,
    ...(action.style && { style: action.style }),
    ...(action.confirm && { confirm: toConfirm(action.confirm, action.style) }),
  };
}

function labelOf(label: string) {
  return plainTextObject(cutText(label, LABEL_LENGTH, slackLength));
}

function toConfirm(
  { title, text, yes }: NonNullable<CleanCommandAction['confirm']>,
  style: CleanCommandAction['style'],
): SlackConfirm {
  const words = (said: string, limit: number, otherwise: string) =>
    plainTextObject(cutText(said || otherwise, limit, slackLength));
  return {
    title: words(title, 100, 'Are you sure?'),
    text: words(text, 300, 'This happens at once.'),
    confirm: words(yes, 30, 'Yes'),
    deny: plainTextObject('Cancel'),
    ...(style === 'danger' && { style }),
  };
}
