import type { PartPath } from '../connection/payload-refused.ts';
import type { DiscordEmbed, DiscordMessage, DiscordRow } from '../message/payload.ts';
import { partWords } from './part-words.ts';

/** What a message, an embed, its author and its footer can do without. Of all else, what it belongs to has to go. */
const DISPENSABLE: ReadonlyMap<string, readonly string[]> = new Map([
  ['message', ['content', 'embeds', 'components', 'message_reference']],
  ['embed', ['title', 'url', 'description', 'timestamp', 'color', 'author', 'footer', 'image', 'thumbnail', 'fields']],
  ['author', ['url', 'icon_url']],
  ['footer', ['icon_url']],
]);
const LISTS = ['embeds', 'fields', 'components', 'options', 'users', 'roles'];

/** A message without the parts that were refused, with what they are in words; nothing where none of them can be told apart from the rest. */
export function withoutParts<Message extends DiscordMessage>(
  message: Message,
  refused: readonly PartPath[],
): { readonly message: Message; readonly leftOut: readonly string[] } | undefined {
  const paths = refused.flatMap((path) => toDispensable(path[0] === 'message' ? path.slice(1) : path));
  if (paths.length === 0) return undefined;
  const gone = new Set(paths.map((path) => path.join('.')));
  return { message: tidy(strip(message, '', gone) as Message), leftOut: paths.map(partWords) };
}

/** The smallest part around a refused one that can be left out, if there is one. */
function toDispensable(path: PartPath): readonly PartPath[] {
  for (let length = path.length; length > 0; length--) {
    const [name = '', parent = ''] = [path[length - 1], path[length - 2]];
    const dispensable = /^\d+$/.test(name)
      ? LISTS.includes(parent)
      : DISPENSABLE.get(kindOf(path.slice(0, length - 1)))?.includes(name);
    if (dispensable) return [path.slice(0, length)];
  }
  return [];
}

function kindOf(path: PartPath): string {
  if (path.length === 0) return 'message';
  return path.at(-2) === 'embeds' ? 'embed' : (path.at(-1) ?? '');
}

function strip(value: unknown, path: string, gone: ReadonlySet<string>): unknown {
  const inner = (name: string | number) => (path === '' ? String(name) : `${path}.${name}`);
  if (Array.isArray(value))
    return value.flatMap((item, index) => (gone.has(inner(index)) ? [] : [strip(item, inner(index), gone)]));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => !gone.has(inner(name)));
  return Object.fromEntries(kept.map(([name, part]) => [name, strip(part, inner(name), gone)]));
}

/** What an edit does not name it keeps, so what is gone is named as empty; and nothing empty is left standing. */
function tidy<Message extends DiscordMessage>(message: Message): Message {
  const { content = '', embeds = [], components = [] }: Partial<DiscordMessage> = message;
  return { ...message, content, embeds: embeds.filter(saysSomething), components: components.filter(isFilled) };
}

function saysSomething({ title, description, fields, image, author, footer }: DiscordEmbed): boolean {
  return Boolean(title || description || fields?.length || image || author || footer);
}

/** A row with a button, or with a menu that offers something. */
function isFilled({ components }: DiscordRow): boolean {
  return components.some((part) => part.type !== 3 || part.options.length > 0);
}
