import { encodeAction } from '../../../core/message/action-text.ts';
import type { CleanAction, CleanCommandAction, CleanLinkAction } from '../../../core/message/message.ts';
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

export interface RowParts {
  /** Gives a short name to a command too long for Discord's 100 characters; without it, one that cannot be packed is left out. */
  readonly shorten?: Shorten | undefined;
  /** Leads to what is tucked away. */
  readonly menu?: CleanCommandAction | undefined;
}

export interface Rows {
  readonly rows: readonly DiscordRow[];
  /** Links that no button takes, to be written as text. */
  readonly asText: readonly CleanLinkAction[];
  /** How many actions have no place: their command is too long, or there are too many. */
  readonly left: number;
}

/**
 * Rows of buttons. What is tucked away is behind one more button at their end, or in a menu where the message knows no
 * such way; a message without buttons has no row for that alone, because its context menu leads there too. The command
 * travels in `custom_id` and option values, see `encodeAction`; Discord's buttons cannot ask, so one that must says so
 * there. Menus are `menu:<n>`.
 */
export function toRows(actions: readonly CleanAction[], { shorten = packedName, menu }: RowParts = {}): Rows {
  const name = createNamer(shorten);
  const tucked = actions.filter((action) => action.tucked);
  const inMenu = menu ? tucked : tucked.length > 1 ? tucked.filter((action) => 'command' in action) : [];
  const shown = actions.filter((action) => !inMenu.includes(action));
  const places = (ROWS - (inMenu.length > 0 && !menu ? 1 : 0)) * ROW_BUTTONS - (inMenu.length > 0 && menu ? 1 : 0);

  const asText = shown.filter((action) => 'url' in action).filter(({ url }) => !discordUrl(url, LINK_LENGTH));
  const buttons: DiscordButton[] = [];
  let left = 0;
  for (const action of shown) {
    if (asText.some((link) => link === action)) continue;
    const button = buttons.length < places ? toButton(action, name) : undefined;
    if (button) buttons.push(button);
    else if ('url' in action) asText.push(action);
    else left++;
  }
  if (menu && inMenu.length > 0 && buttons.length > 0) buttons.push(...[toButton(menu, name) ?? []].flat());
  const options = menu ? [] : toOptions(inMenu, name);
  return {
    rows: [...inRows(buttons), ...options],
    asText,
    left: left + (menu ? 0 : inMenu.length - (options[0]?.components[0]?.options.length ?? 0)),
  };
}

type Namer = (action: CleanCommandAction) => string | undefined;
type MenuRow = DiscordRow & { readonly components: readonly [DiscordMenu] };

function toButton(action: CleanAction, name: Namer): DiscordButton | undefined {
  if ('url' in action) return { type: 2, style: 5, label: labelOf(action, LABEL_LENGTH), url: action.url };
  const id = name(action);
  return id === undefined
    ? undefined
    : { type: 2, style: styleOf(action), label: labelOf(action, LABEL_LENGTH), custom_id: id };
}

function inRows(buttons: readonly DiscordButton[]): readonly DiscordRow[] {
  return Array.from({ length: Math.ceil(buttons.length / ROW_BUTTONS) }, (_, row) => ({
    type: 1,
    components: buttons.slice(row * ROW_BUTTONS, (row + 1) * ROW_BUTTONS),
  }));
}

function toOptions(actions: readonly CleanAction[], name: Namer): readonly MenuRow[] {
  const options = actions.slice(0, MENU_OPTIONS).flatMap((action) => {
    const value = 'command' in action ? name(action) : undefined;
    return value === undefined ? [] : [{ label: labelOf(action, OPTION_LENGTH), value }];
  });
  if (options.length === 0) return [];
  return [{ type: 1, components: [{ type: 3, custom_id: 'menu:0', placeholder: 'More…', options }] }];
}

/** Names actions for this message: at most 100 characters, and never two alike, as Discord demands. */
function createNamer(shorten: Shorten): Namer {
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

function styleOf({ style }: CleanCommandAction): 1 | 2 | 4 {
  if (style === 'primary') return 1;
  return style === 'danger' ? 4 : 2;
}

function labelOf({ label }: CleanAction, limit: number): string {
  return cutText(label, limit);
}
