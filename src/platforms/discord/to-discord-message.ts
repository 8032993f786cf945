import { oneLine } from '../../core/clean-text.ts';
import { cutText, fitTree, treeSize } from '../../core/fit.ts';
import type { LinkAction, Message } from '../../core/message.ts';
import { webUrl } from '../../core/safe-link.ts';
import { severityColors } from '../../core/severity-color.ts';
import type { Block, ParseMarkdown } from '../../core/tree.ts';
import { discordMention } from './discord-mention.ts';
import { escapeDiscord, plainDiscord } from './escape-discord.ts';
import type { DiscordEmbed, DiscordField, DiscordMessage } from './payload.ts';
import { FIELD_LIMIT, fieldsLength, toFields } from './to-fields.ts';
import { type Rows, type Shorten, toRows } from './to-rows.ts';
import { writeLink } from './write-inline.ts';
import { writeMarkdown } from './write-markdown.ts';

export interface DiscordParts {
  readonly parseMarkdown: ParseMarkdown;
  /** Gives a short name to a command too long for Discord's 100 characters; without it, one that cannot be packed is left out. */
  readonly shorten?: Shorten;
}

// https://discord.com/developers/docs/resources/message#embed-object-embed-limits
const TITLE_LENGTH = 256;
const AUTHOR_LENGTH = 256;
const FOOTER_LENGTH = 500;
const DESCRIPTION_LENGTH = 4096;
const EMBED_LENGTH = 6000;
const MARKER_LENGTH = 120;
const LINKS_LENGTH = 1500;
const BODY_SHARE = 0.6;
const PINGS = 50;

/** A message as Discord takes it, within every limit: one embed, buttons, and no ping but those of `mentions`. */
export function toDiscordMessage(message: Message, parts: DiscordParts): DiscordMessage {
  const { mentions } = message;
  const tree = parts.parseMarkdown(message.body);
  const { shell, cut: shellCut } = toShell(message);
  const fields = toFields(message.fields, parts.parseMarkdown, mentions);
  const rows = toRows(message.actions, parts.shorten);

  const room = EMBED_LENGTH - lengthOf(shell);
  const long = treeSize(tree) > DESCRIPTION_LENGTH;
  const whole = toDescription({ tree: long ? [] : tree, rows, message });
  const fitting =
    !long &&
    whole.links.left === 0 &&
    whole.text.length <= DESCRIPTION_LENGTH &&
    whole.text.length + fieldsLength(fields.fields) <= room &&
    fields.fields.length <= FIELD_LIMIT;
  if (fitting && rows.left === 0 && !shellCut && !fields.cut) {
    return toPayload(message, { shell, description: whole.text, fields: fields.fields, rows });
  }

  const shownRows = message.more ? toRows([message.more, ...message.actions], parts.shorten) : rows;
  const links = toLinks(shownRows.asText);
  const space = room - MARKER_LENGTH - links.text.length;
  const bodyRoom = Math.min(
    DESCRIPTION_LENGTH - MARKER_LENGTH - links.text.length,
    Math.max(space - fieldsLength(fields.fields), Math.floor(space * BODY_SHARE)),
  );
  const kept = fitTree(tree, bodyRoom, (some) => writeMarkdown(some, mentions).length);
  const body = writeMarkdown(kept.blocks, mentions);
  const shown = fieldsWithin(fields.fields, space - body.length);
  const marker = toMarker({
    characters: kept.left,
    fields: fields.fields.length - shown.length,
    buttons: shownRows.left + links.left,
  });
  const description = [body, links.text, marker].filter(Boolean).join('\n');
  return toPayload(message, { shell, description, fields: shown, rows: shownRows });
}

interface Shell {
  readonly shell: DiscordEmbed;
  readonly cut: boolean;
}

/** Everything of the embed but its description and fields. */
function toShell({ severity, title, author, footer, image, occurredAt }: Message): Shell {
  const whole = oneLine(title?.text ?? '');
  const text = cutText(whole, TITLE_LENGTH, (some) => escapeDiscord(some).length);
  const name = plain(author?.name, AUTHOR_LENGTH);
  const foot = plain(footer, FOOTER_LENGTH);
  const [url, authorUrl, icon, picture] = [
    webUrl(title?.url),
    webUrl(author?.url),
    webUrl(author?.icon),
    webUrl(image?.url),
  ];
  const timestamp = toTimestamp(occurredAt);
  const shell = {
    color: severityColors[severity],
    ...(name && { author: { name, ...(authorUrl && { url: authorUrl }), ...(icon && { icon_url: icon }) } }),
    ...(text && { title: escapeDiscord(text), ...(url && { url }) }),
    ...(picture && { image: { url: picture } }),
    ...(foot && { footer: { text: foot } }),
    ...(timestamp && { timestamp }),
  };
  return { shell, cut: text !== whole };
}

function plain(text: string | undefined, limit: number): string {
  return plainDiscord(cutText(oneLine(text ?? ''), limit, (some) => plainDiscord(some).length));
}

function toTimestamp(occurredAt: string | undefined): string | undefined {
  const milliseconds = Date.parse(occurredAt ?? '');
  return milliseconds > 0 && milliseconds < Date.UTC(10_000, 0) ? new Date(milliseconds).toISOString() : undefined;
}

function lengthOf({ title = '', author, footer }: DiscordEmbed): number {
  return title.length + (author?.name.length ?? 0) + (footer?.text.length ?? 0);
}

interface Links {
  readonly text: string;
  readonly left: number;
}

function toDescription({
  tree,
  rows,
  message,
}: {
  readonly tree: readonly Block[];
  readonly rows: Rows;
  readonly message: Message;
}) {
  const links = toLinks(rows.asText);
  return { text: [writeMarkdown(tree, message.mentions), links.text].filter(Boolean).join('\n'), links };
}

/** Links that no button could carry, a line for each. */
function toLinks(actions: readonly LinkAction[]): Links {
  let [text, left] = ['', 0];
  for (const { label, url } of actions) {
    const line = writeLink(url, cutText(oneLine(label), 80));
    if (text.length + line.length + 1 > LINKS_LENGTH) left++;
    else text += (text && '\n') + line;
  }
  return { text, left };
}

function fieldsWithin(fields: readonly DiscordField[], room: number): readonly DiscordField[] {
  let spent = 0;
  const count = fields.slice(0, FIELD_LIMIT).findIndex((field) => {
    spent += fieldsLength([field]);
    return spent > room;
  });
  return fields.slice(0, count < 0 ? FIELD_LIMIT : count);
}

function toMarker(left: Readonly<Record<'characters' | 'fields' | 'buttons', number>>): string {
  const parts = Object.entries(left).flatMap(([what, count]) =>
    count > 0 ? [`${count.toLocaleString('en')} more ${count === 1 ? what.slice(0, -1) : what}`] : [],
  );
  return `-# … ${parts.join(', ') || 'shortened'}`;
}

interface Layout {
  readonly shell: DiscordEmbed;
  readonly description: string;
  readonly fields: readonly DiscordField[];
  readonly rows: Rows;
}

function toPayload({ mentions, image }: Message, { shell, description, fields, rows }: Layout): DiscordMessage {
  const pings = mentions.slice(0, PINGS).flatMap((mention) => discordMention(mention) ?? []);
  const idsOf = (kind: 'users' | 'roles') => [
    ...new Set(pings.filter((ping) => ping.kind === kind).map(({ id }) => id)),
  ];
  const [users, roles] = [idsOf('users'), idsOf('roles')];
  const empty = !shell.title && !description.trim() && fields.length === 0;
  const text = empty ? plain(image?.alt, 200) || 'No text' : description;
  return {
    content: [...new Set(pings.map(({ written }) => written))].join(' '),
    embeds: [
      {
        ...shell,
        ...(text.trim() && { description: empty ? escapeDiscord(text) : text }),
        ...(fields.length > 0 && { fields }),
      },
    ],
    components: rows.rows,
    allowed_mentions: { parse: [], ...(users.length > 0 && { users }), ...(roles.length > 0 && { roles }) },
  };
}
