import { fitTree } from '../../../core/message/cut-tree.ts';
import type { Mention } from '../../../core/message/message.ts';
import { DESCRIPTION_LENGTH, type EmbedBody } from './payload.ts';
import type { Content } from './split-embeds.ts';
import { fieldsLength, fieldsWithin } from './to-fields.ts';
import { toLinks } from './to-links.ts';
import type { Rows } from './to-rows.ts';
import { writeMarkdown } from './write-markdown.ts';

export interface CutOptions {
  readonly rows: Rows;
  /** What the embed may hold besides its frame. */
  readonly room: number;
  readonly mentions: readonly Mention[];
}

const MARKER_LENGTH = 120;
const BODY_SHARE = 0.6;

/** As much as one embed takes, with a marker that says how much is left out. */
export function cutEmbed(
  { tree, fields }: Content,
  { rows, room, mentions }: CutOptions,
): { readonly body: EmbedBody; readonly whole: boolean } {
  const links = toLinks(rows.asText);
  const space = room - MARKER_LENGTH - links.text.length;
  const bodyRoom = Math.min(
    DESCRIPTION_LENGTH - MARKER_LENGTH - links.text.length,
    Math.max(space - fieldsLength(fields), Math.floor(space * BODY_SHARE)),
  );
  const kept = fitTree(tree, bodyRoom, (some) => writeMarkdown(some, mentions).length);
  const text = writeMarkdown(kept.blocks, mentions);
  const shown = fieldsWithin(fields, space - text.length);
  const marker = toMarker({
    characters: kept.left,
    fields: fields.length - shown.length,
    buttons: rows.left + links.left,
  });
  return {
    body: { description: [text, links.text, marker].filter(Boolean).join('\n'), fields: shown },
    whole: kept.left === 0 && shown.length === fields.length && links.left === 0,
  };
}

/** A line of small print that says what is not there. */
export function toMarker(left: Readonly<Partial<Record<'characters' | 'fields' | 'buttons', number>>>): string {
  const parts = Object.entries(left).flatMap(([what, count]) =>
    count > 0 ? [`${count.toLocaleString('en')} more ${count === 1 ? what.slice(0, -1) : what}`] : [],
  );
  return `-# … ${parts.join(', ') || 'shortened'}`;
}
