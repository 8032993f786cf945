import { isObject } from '../payload/scalar.ts';
import {
  authorOf,
  type ChatMessage,
  firstUrl,
  imageOf,
  linksOf,
  objectsOf,
  type ReadChat,
  type Said,
  said,
  textOf,
} from './chat-message.ts';
import { severityOfColour } from './colour.ts';
import { discordMarkup } from './discord-markup.ts';

type Json = Readonly<Record<string, unknown>>;

const BESIDE =
  /^(?:content|embeds|username|avatar_url|tts|allowed_mentions|components|flags|thread_name|attachments|nonce|applied_tags|poll)$/;
const OF_EMBEDS = ['title', 'description', 'fields', 'color', 'author', 'footer', 'url'];
const DEPTH_LIMIT = 6;

/** What a message in Discord's format says. */
export const readDiscord: ReadChat = (payload) => {
  const embeds = objectsOf(payload.embeds).filter((embed) => OF_EMBEDS.some((key) => Object.hasOwn(embed, key)));
  const alone =
    typeof payload.content === 'string' &&
    Object.keys(payload).length > 1 &&
    Object.keys(payload).every((key) => BESIDE.test(key));
  return embeds.length === 0 && !alone ? undefined : discordMessage(payload);
};

/** What a payload says that is known to be in Discord's format. */
export function discordMessage(payload: Json): ChatMessage {
  const embeds = objectsOf(payload.embeds);
  const components = ofComponents(payload.components);
  const facts = embeds
    .flatMap(({ fields }) => objectsOf(fields))
    .flatMap((field) => {
      const [value] = marked(field.value);
      return value && textOf(field.name) ? [{ name: textOf(field.name), value }] : [];
    });
  const authors = embeds.map(({ author }) => (isObject(author) ? author : {}));
  const isTitled = embeds.some(({ title, description }) => title || description);
  const [author] = authors.flatMap(({ name, url }) => authorOf(name, url) ?? []);
  return {
    texts: [
      ...marked(payload.content),
      ...embeds.flatMap(({ title, description }) => [...said(title), ...marked(description)]),
      ...(isTitled ? [] : authors.flatMap(({ name }) => said(name))),
      ...components.texts,
      ...(isObject(payload.poll) && isObject(payload.poll.question) ? said(payload.poll.question.text) : []),
    ],
    facts,
    url: firstUrl(...embeds.map(({ url }) => url), ...authors.map(({ url }) => url)),
    severity: embeds.map(({ color }) => severityOfColour(color)).find(Boolean),
    sender: textOf(payload.username) || undefined,
    occurredAt: embeds.find(({ timestamp }) => timestamp)?.timestamp,
    links: components.links ?? [],
    image: imageOf(
      ...embeds.flatMap(({ image, thumbnail, title }) =>
        [image, thumbnail].map((picture) => ({ url: isObject(picture) ? picture.url : undefined, alt: title })),
      ),
    ),
    author: isTitled ? author : undefined,
    footer: embeds.map(({ footer }) => (isObject(footer) ? textOf(footer.text) : '')).find(Boolean),
  };
}

function marked(text: unknown): readonly Said[] {
  return said(text).map(({ text }) => ({ text: discordMarkup(text), flavour: 'markdown' as const }));
}

/** The texts and links of components, whatever they are laid out in. */
function ofComponents(components: unknown): ChatMessage {
  const texts: Said[] = [];
  const buttons: { readonly label: unknown; readonly url: unknown }[] = [];
  const visit = (elements: readonly Json[], depth: number) => {
    for (const element of elements) {
      texts.push(...marked(element.content));
      if (element.url !== undefined) buttons.push({ label: element.label, url: element.url });
      const accessory = isObject(element.accessory) ? [element.accessory] : [];
      if (depth < DEPTH_LIMIT) visit([...objectsOf(element.components), ...accessory], depth + 1);
    }
  };
  visit(objectsOf(components), 0);
  return { texts, facts: [], links: linksOf(buttons) };
}
