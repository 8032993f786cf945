import { treeSize } from '../../../core/message/cut-tree.ts';
import type { CleanAction, Message } from '../../../core/message/message.ts';
import { shownBody, shownFields } from '../../../core/message/shown.ts';
import type { Block, ParseMarkdown } from '../../../core/message/tree.ts';
import { oneLine } from '../../../core/text/clean-text.ts';
import { cutEmbed, toMarker } from './cut-embed.ts';
import { discordUrl } from './discord-url.ts';
import { DESCRIPTION_LENGTH, type DiscordMessage, EMBEDS_LENGTH, type EmbedBody } from './payload.ts';
import { splitEmbeds } from './split-embeds.ts';
import { toCompact } from './to-compact.ts';
import { type DiscordFields, fieldsLength, fieldsWithin, toFields } from './to-fields.ts';
import { type Frame, lengthOf, toFrame } from './to-frame.ts';
import { toLinks, toLinkTree } from './to-links.ts';
import { toContinuation, toEmbeds, toPayload } from './to-payload.ts';
import { type Rows, type Shorten, toRows } from './to-rows.ts';
import { writeMarkdown } from './write-markdown.ts';

export interface DiscordParts {
  readonly parseMarkdown: ParseMarkdown;
  /** Gives a short name to a command too long for Discord's 100 characters; without it, one that cannot be packed is left out. */
  readonly shorten?: Shorten;
  /** How many messages there may be; two without it. */
  readonly most?: 1 | 2;
}

/** The first has the pings and the buttons; the second, where there is one, goes on with what is said. */
export type DiscordMessages = readonly [DiscordMessage, ...DiscordMessage[]];

/**
 * A message as Discord takes it, within every limit, with no ping but those of `mentions`: one embed where that holds
 * everything, else several, else two messages of them, else one embed of what fits with the button to the rest.
 */
export function toDiscordMessages(message: Message, { parseMarkdown, shorten, most }: DiscordParts): DiscordMessages {
  const { title, density, menu, more } = message;
  if (density === 'compact' && title) return [toCompact(message)];
  const frame = toFrame(message);
  const actions = withLink(message, frame);
  const rowsOf = (some: readonly CleanAction[]) => toRows(some, { shorten, menu });
  const draft: Draft = {
    message,
    tree: shownBody(message, parseMarkdown),
    frame,
    fields: toFields({ ...message, fields: shownFields(message, parseMarkdown) }, parseMarkdown),
    rows: rowsOf(actions),
  };
  const whole = toWhole(draft);
  if (whole) return [whole];

  const withMore = more ? { ...draft, rows: rowsOf([more, ...actions]) } : draft;
  const cut = toCut(withMore);
  if (cut.whole) return [cut.payload];
  return toSplit(lacks(draft) ? withMore : draft, most) ?? [cut.payload];
}

interface Draft {
  readonly message: Message;
  readonly tree: readonly Block[];
  readonly frame: Frame;
  readonly fields: DiscordFields;
  readonly rows: Rows;
}

/** A first line in the content cannot be a link, so a button leads there. */
function withLink({ title, actions }: Message, { content }: Frame): readonly CleanAction[] {
  const url = content ? title?.url : undefined;
  if (!url || actions.some((action) => 'url' in action && !action.tucked && action.url === url)) return actions;
  const open = { label: oneLine('Open'), url };
  const others = actions.filter((action) => !('url' in action && action.url === url));
  const [first, ...rest] = others;
  // What somebody is asked to do comes first, and one more button beside it is enough.
  return first && 'command' in first && !first.tucked && rest.some(({ tucked }) => tucked)
    ? [first, open, ...rest.map((action) => (isButton(action) ? { ...action, tucked: true } : action))]
    : [open, ...others];
}

/** Whether it takes the place of a button: a link that no button takes is written as text. */
function isButton(action: CleanAction): boolean {
  return !('url' in action) || discordUrl(action.url) !== undefined;
}

/** Whether a title, a value or a button had to be cut, which no second embed can help. */
function lacks({ frame, fields, rows }: Draft): boolean {
  return frame.cut || fields.cut || rows.left > 0;
}

function roomIn({ opening, closing }: Frame): number {
  return EMBEDS_LENGTH - lengthOf({ ...opening, ...closing });
}

function toWhole(draft: Draft): DiscordMessage | undefined {
  const { message, tree, frame, rows } = draft;
  const { fields } = draft.fields;
  if (lacks(draft) || treeSize(tree) > DESCRIPTION_LENGTH) return undefined;
  const links = toLinks(rows.asText);
  const description = [writeMarkdown(tree, message.mentions), links.text].filter(Boolean).join('\n');
  const fits =
    links.left === 0 &&
    description.length <= DESCRIPTION_LENGTH &&
    fieldsWithin(fields, roomIn(frame) - description.length).length === fields.length &&
    description.length <= roomIn(frame);
  return fits ? written(draft, [{ description, fields }]) : undefined;
}

function toCut(draft: Draft) {
  const { message, tree, frame, fields, rows } = draft;
  const parts = { rows, room: roomIn(frame), mentions: message.mentions };
  const { body, whole } = cutEmbed({ tree, fields: fields.fields }, parts);
  return { payload: written(draft, [body]), whole };
}

function written({ message, frame, rows: { rows } }: Draft, bodies: readonly EmbedBody[]): DiscordMessage {
  return toPayload(message, { content: frame.content, embeds: toEmbeds(message, frame, bodies), rows });
}

function toSplit(draft: Draft, most: 1 | 2 = 2): DiscordMessages | undefined {
  const { message, tree, frame, rows } = draft;
  const { fields } = draft.fields;
  // What is far too long need not be written to know.
  if (treeSize(tree) + fieldsLength(fields) > most * EMBEDS_LENGTH) return undefined;
  const marker = lacks(draft) ? toMarker({ buttons: rows.left }) : '';
  const spare = marker ? marker.length + 1 : 0;
  const rooms = [roomIn(frame), EMBEDS_LENGTH - lengthOf(frame.closing)].map((room) => room - spare);
  const content = { tree: [...tree, ...toLinkTree(rows.asText)], fields };
  const write = (some: readonly Block[]) => writeMarkdown(some, message.mentions);
  const split = splitEmbeds(content, { rooms: rooms.slice(0, most), spare, write });
  if (!split) return undefined;
  const embeds = toEmbeds(message, frame, marked(split.flat(), marker));
  const first = embeds.slice(0, split[0]?.length);
  const rest = embeds.slice(first.length);
  const begun = toPayload(message, { content: frame.content, embeds: first, rows: rows.rows });
  return [begun, ...(rest.length > 0 ? [toContinuation(rest)] : [])];
}

function marked(bodies: readonly EmbedBody[], marker: string): readonly EmbedBody[] {
  const last = bodies.at(-1);
  if (!marker || !last) return bodies;
  return bodies.with(-1, { ...last, description: [last.description, marker].filter(Boolean).join('\n') });
}
