import type { Interaction, SourceRow } from '../connection/interaction.ts';
import { toMark } from '../posting/marks.ts';
import { isPrivate } from './wire.ts';

/**
 * Where the answer to an interaction goes: into a message of its own, in place of the one whose button was pressed, or
 * beside that one, whose menu forgets what was chosen.
 */
export type Manner =
  | { readonly kind: 'new' | 'in place' }
  | { readonly kind: 'beside'; readonly rows: readonly SourceRow[] };

const MENU = 3;
const COMPONENT = 3;

/**
 * The next page replaces a page that only one person sees, and the result replaces a question: each carries the mark of the
 * command that it belongs to. What everybody sees stays.
 */
export function mannerOf({ type, message, data }: Interaction, command: string): Manner {
  const rows = message?.components ?? [];
  if (isPrivate(message?.flags) && rows[0]?.id === replyMark(command)) return { kind: 'in place' };
  // A modal does not say whether it was opened from a menu.
  const chosen = type !== COMPONENT || data?.component_type === MENU;
  return chosen && rows.some(hasMenu) ? { kind: 'beside', rows: rows.map(withFreshMenus) } : { kind: 'new' };
}

/** The number that the answers to a command carry on their first row. */
export function replyMark(command: string): number {
  return toMark(`reply ${command}`);
}

function hasMenu({ components = [] }: SourceRow): boolean {
  return components.some(({ type }) => type === MENU);
}

/** Discord's app shows what was chosen last for as long as a menu keeps its id, and then it cannot be chosen again. */
function withFreshMenus(row: SourceRow): SourceRow {
  if (!hasMenu(row)) return row;
  const components = row.components?.map((part) =>
    part.type === MENU ? { ...part, custom_id: freshId(part.custom_id ?? 'menu') } : part,
  );
  return { ...row, ...(components && { components }) };
}

function freshId(id: string): string {
  const [name = '', turn = '0'] = id.split('#');
  return `${name}#${(Number(turn) + 1) % 10}`;
}
