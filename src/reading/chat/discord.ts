import { isObject } from '../payload/scalar.ts';
import { firstUrl, objectsOf, type ReadChat, said, textOf } from './chat-message.ts';
import { severityOfColour } from './colour.ts';

const BESIDE =
  /^(?:content|embeds|username|avatar_url|tts|allowed_mentions|components|flags|thread_name|attachments|nonce|applied_tags)$/;
const OF_EMBEDS = ['title', 'description', 'fields', 'color', 'author', 'footer', 'url'];

/** What a message in Discord's format says. */
export const readDiscord: ReadChat = (payload) => {
  const embeds = objectsOf(payload.embeds).filter((embed) => OF_EMBEDS.some((key) => Object.hasOwn(embed, key)));
  const alone =
    typeof payload.content === 'string' &&
    Object.keys(payload).length > 1 &&
    Object.keys(payload).every((key) => BESIDE.test(key));
  if (embeds.length === 0 && !alone) return undefined;
  const facts = embeds
    .flatMap(({ fields }) => objectsOf(fields))
    .flatMap((field) => {
      const [value] = said(field.value, 'markdown');
      return value && textOf(field.name) ? [{ name: textOf(field.name), value }] : [];
    });
  const authors = embeds.map(({ author }) => (isObject(author) ? author : {}));
  return {
    texts: [
      ...said(payload.content),
      ...embeds.flatMap(({ title, description }) => [...said(title), ...said(description)]),
      ...(embeds.every(({ title, description }) => !title && !description)
        ? authors.flatMap(({ name }) => said(name))
        : []),
    ],
    facts,
    url: firstUrl(...embeds.map(({ url }) => url), ...authors.map(({ url }) => url)),
    severity: embeds.map(({ color }) => severityOfColour(color)).find(Boolean),
    sender: textOf(payload.username) || undefined,
    occurredAt: embeds.find(({ timestamp }) => timestamp)?.timestamp,
  };
};
