import { encodeAction } from '../../../core/message/action-text.ts';
import type { Action, CommandAction, LinkAction } from '../../../core/message/message.ts';
import { webUrl } from '../../../core/message/safe-link.ts';
import { oneLine } from '../../../core/text/clean-text.ts';
import { cutText } from '../../../core/text/cut-text.ts';
import { discordUrl } from './discord-url.ts';
import type { DiscordButton, DiscordMenu, DiscordRow } from './payload.ts';
import { packedName } from './short-names.ts';

// https://discord.com/developers/docs/components/reference
const ROWS = 5;
const ROW_BUTTONS = 5;
const MENU_OPTIONS = 25;
const ID_LENGTH = 100;
const LINK_LENGTH = 512;
const LABEL_LENGTH = 80;
const OPTION_LENGTH = 100;

export type Shorten = (text: string) => string | undefined;

export interface Rows {
  readonly rows: readonly DiscordRow[];
  /** Links that no button takes, to be written as text. */
  readonly asText: readonly LinkAction[];
  /** How many actions have no place: their address cannot be linked, their command is too long, or there are too many. */
  readonly left: number;
}

/**
 * Rows of buttons, and menus for what is tucked away. The command travels in `custom_id` and option values, see
 * `encodeAction`; Discord's buttons cannot ask, so one that must says so there. Menus are `menu:<n>`.
 */
export function toRows(actions: readonly Action[], shorten: Shorten = (text) => packedName(text)): Rows {
  const name = createNamer(shorten);
  const asText: LinkAction[] = [];
  const buttons: DiscordButton[] = [];
  const options: DiscordMenu['options'][number][] = [];
  const tucked = actions.filter(isTucked).length;
  const menuRows = tucked > 1 ? 1 : 0;
  const places = (ROWS - menuRows) * ROW_BUTTONS;

  for (const action of actions) {
    if ('url' in action) {
      const url = discordUrl(action.url, LINK_LENGTH);
      if (url && buttons.length < places)
        buttons.push({ type: 2, style: 5, label: labelOf(action.label, 'Open'), url });
      else if (webUrl(action.url)) asText.push(action);
      continue;
    }
    const inMenu = menuRows > 0 && isTucked(action);
    if (inMenu ? options.length === MENU_OPTIONS : buttons.length === places) continue;
    const id = name(action);
    if (id === undefined) continue;
    if (inMenu) options.push({ label: cutText(oneLine(action.label) || action.command, OPTION_LENGTH), value: id });
    else buttons.push({ type: 2, style: styleOf(action), label: labelOf(action.label, action.command), custom_id: id });
  }

  const rows: DiscordRow[] = [];
  for (let start = 0; start < buttons.length; start += ROW_BUTTONS) {
    rows.push({ type: 1, components: buttons.slice(start, start + ROW_BUTTONS) });
  }
  if (options.length > 0)
    rows.push({ type: 1, components: [{ type: 3, custom_id: 'menu:0', placeholder: 'More…', options }] });
  return { rows, asText, left: actions.length - buttons.length - options.length - asText.length };
}

function isTucked(action: Action): boolean {
  return 'command' in action && action.tucked === true;
}

/** Names actions for this message: at most 100 characters, and never two alike, as Discord demands. */
function createNamer(shorten: Shorten): (action: CommandAction) => string | undefined {
  const used = new Set<string>();
  return (action) => {
    const text = encodeAction(action, action.confirm !== undefined);
    for (let copy = 0; copy <= used.size; copy++) {
      const id = fitting(copy === 0 ? text : `${text}|${copy}`, shorten);
      if (id === undefined) return undefined;
      if (used.has(id)) continue;
      used.add(id);
      return id;
    }
    return undefined;
  };
}

function fitting(text: string, shorten: Shorten): string | undefined {
  if (text.length <= ID_LENGTH) return text;
  const short = shorten(text);
  return short && short.length <= ID_LENGTH ? short : undefined;
}

function styleOf({ style }: CommandAction): 1 | 2 | 4 {
  if (style === 'primary') return 1;
  return style === 'danger' ? 4 : 2;
}

function labelOf(label: string, otherwise: string): string {
  return cutText(oneLine(label) || oneLine(otherwise) || 'Go', LABEL_LENGTH);
}
