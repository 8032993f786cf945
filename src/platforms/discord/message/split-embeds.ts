import { treeSize } from '../../../core/message/cut-tree.ts';
import { splitTree } from '../../../core/message/split-tree.ts';
import type { Block } from '../../../core/message/tree.ts';
import { DESCRIPTION_LENGTH, type DiscordField, EMBEDS, type EmbedBody } from './payload.ts';
import { fieldsLength, fieldsWithin } from './to-fields.ts';

export interface Content {
  readonly tree: readonly Block[];
  readonly fields: readonly DiscordField[];
}

export interface Space {
  /** What the embeds of each message may hold together; later ones are used only where they are needed. */
  readonly rooms: readonly number[];
  /** What each description leaves free. */
  readonly spare: number;
  readonly write: (blocks: readonly Block[]) => string;
}

/** Less than this is not worth an embed, unless it is the end. */
const LEAST = 200;
/** How much of the whole text, such as blank lines, no part of it may need. */
const SAVED = 100;

/** The embeds of each message, when all of the content has room in them. Blocks are torn only where they must be. */
export function splitEmbeds(content: Content, space: Space): readonly (readonly EmbedBody[])[] | undefined {
  const { write, spare } = space;
  const most = DESCRIPTION_LENGTH - spare;
  const fits = (block: Block) => treeSize([block]) <= most && write([block]).length <= most;
  const length = write(content.tree).length + fieldsLength(content.fields);
  let held = SAVED;
  for (const [index, room] of space.rooms.entries()) {
    held += room;
    if (length > held) continue;
    const some = { ...space, rooms: space.rooms.slice(0, index + 1) };
    const split = fill(content, some, fits) ?? (index > 0 ? fill(content, some, () => false) : undefined);
    if (split) return split;
  }
  return undefined;
}

type Whole = (block: Block) => boolean;

function fill(
  content: Content,
  { rooms, spare, write }: Space,
  whole: Whole,
): readonly (readonly EmbedBody[])[] | undefined {
  const messages: (readonly EmbedBody[])[] = [];
  let rest = content;
  for (const room of rooms) {
    const filled = fillMessage(rest, { room, spare, write, whole });
    messages.push(filled.embeds);
    rest = filled.rest;
  }
  const done = rest.tree.length === 0 && rest.fields.length === 0;
  return done && messages.every((embeds) => embeds.length > 0) ? messages : undefined;
}

interface Filled {
  readonly embeds: readonly EmbedBody[];
  readonly rest: Content;
}

function fillMessage(
  content: Content,
  { room, spare, write, whole }: Omit<Space, 'rooms'> & { readonly room: number; readonly whole: Whole },
): Filled {
  const embeds: EmbedBody[] = [];
  let [{ tree, fields }, left] = [content, room];
  while (tree.length > 0 && embeds.length < EMBEDS) {
    const limit = Math.min(DESCRIPTION_LENGTH - spare, left);
    const { head, rest } = splitTree(tree, { limit, weigh: (some) => write(some).length, whole });
    if (head.length === 0 || (rest.length > 0 && left < LEAST)) break;
    const description = write(head);
    if (description.trim()) embeds.push({ description });
    left -= description.length;
    tree = rest;
  }
  while (tree.length === 0 && fields.length > 0) {
    const shown = fieldsWithin(fields, left);
    const last = embeds.at(-1);
    if (shown.length === 0) break;
    if (last && !last.fields) embeds.splice(-1, 1, { ...last, fields: shown });
    else if (embeds.length < EMBEDS) embeds.push({ fields: shown });
    else break;
    left -= fieldsLength(shown);
    fields = fields.slice(shown.length);
  }
  return { embeds, rest: { tree, fields } };
}
