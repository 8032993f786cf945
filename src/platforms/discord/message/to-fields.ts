import { fitTree } from '../../../core/message/cut-tree.ts';
import type { CleanField, Message } from '../../../core/message/message.ts';
import { shownValue } from '../../../core/message/shown.ts';
import type { Block, ParseMarkdown } from '../../../core/message/tree.ts';
import { cutText } from '../../../core/text/cut-text.ts';
import { escapeDiscord } from './escape-discord.ts';
import type { DiscordField } from './payload.ts';
import { writeMarkdown } from './write-markdown.ts';

// https://discord.com/developers/docs/resources/message#embed-object-embed-limits
const FIELD_LIMIT = 25;
const NAME_LENGTH = 256;
const VALUE_LENGTH = 1024;
/** Discord refuses an empty name, and trims every space but this. */
const BLANK = '\u200B';

export interface DiscordFields {
  readonly fields: readonly DiscordField[];
  readonly cut: boolean;
}

/** Fields side by side, wide ones on a line of their own; every value within Discord's limit. */
export function toFields(
  message: Pick<Message, 'fields' | 'density' | 'mentions'>,
  parseMarkdown: ParseMarkdown,
): DiscordFields {
  const { fields, mentions } = message;
  let cut = false;
  const written = fields.map((field): DiscordField => {
    const whole: readonly Block[] = [{ type: 'paragraph', children: shownValue(field, message, parseMarkdown) }];
    let text = writeMarkdown(whole, mentions);
    if (text.length > VALUE_LENGTH) {
      cut = true;
      text = writeMarkdown(
        fitTree(whole, VALUE_LENGTH, (some) => writeMarkdown(some, mentions).length).blocks,
        mentions,
      );
    }
    return { name: toName(field), value: text.trim() || '—', inline: !field.wide };
  });
  return { fields: written, cut };
}

export function fieldsLength(fields: readonly DiscordField[]): number {
  return fields.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
}

/** As many of the first fields as one embed takes and the room allows. */
export function fieldsWithin(fields: readonly DiscordField[], room: number): readonly DiscordField[] {
  let spent = 0;
  const count = fields.slice(0, FIELD_LIMIT).findIndex((field) => {
    spent += fieldsLength([field]);
    return spent > room;
  });
  return fields.slice(0, count < 0 ? FIELD_LIMIT : count);
}

function toName({ name }: CleanField): string {
  return escapeDiscord(cutText(name, NAME_LENGTH, (text) => escapeDiscord(text).length)) || BLANK;
}
