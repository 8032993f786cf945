import { isObject } from '../payload/scalar.ts';
import { type ChatMessage, firstUrl, objectsOf, type ReadChat, type Said, said, textOf } from './chat-message.ts';
import { severityOfColour } from './colour.ts';

type Json = Readonly<Record<string, unknown>>;

const DEPTH_LIMIT = 8;

/** What a message in Teams' format says: an adaptive card, or the older card of connectors. */
export const readTeams: ReadChat = (payload) => {
  const card = adaptiveCard(payload);
  if (card) return ofAdaptive(card);
  const older =
    textOf(payload['@type']) === 'MessageCard' ||
    (Array.isArray(payload.sections) && Object.hasOwn(payload, 'themeColor')) ||
    Array.isArray(payload.potentialAction);
  return older ? ofConnector(payload) : undefined;
};

function adaptiveCard(payload: Json): Json | undefined {
  if (payload.type === 'AdaptiveCard') return payload;
  const attached = objectsOf(payload.attachments).find(({ contentType }) =>
    /card\.adaptive$/.test(textOf(contentType)),
  );
  return attached && isObject(attached.content) ? attached.content : undefined;
}

function ofConnector(payload: Json): ChatMessage {
  const sections = objectsOf(payload.sections);
  const [title] = [...said(payload.title), ...said(payload.summary)];
  const actions = [
    ...objectsOf(payload.potentialAction),
    ...sections.flatMap((section) => objectsOf(section.potentialAction)),
  ];
  return {
    texts: [
      ...(title ? [title] : []),
      ...said(payload.text),
      ...sections.flatMap(({ title, activityTitle, activitySubtitle, activityText, text }) =>
        [title, activityTitle, activitySubtitle, activityText, text].flatMap((part) => said(part)),
      ),
    ],
    facts: sections.flatMap(({ facts }) => factsOf(facts, 'name')),
    url: firstUrl(
      ...actions.flatMap(({ targets, target, url }) => [
        ...objectsOf(targets).map(({ uri }) => uri),
        ...(Array.isArray(target) ? target : [target]),
        url,
      ]),
    ),
    severity: severityOfColour(payload.themeColor),
  };
}

function ofAdaptive(card: Json): ChatMessage {
  const texts: Said[] = [];
  const facts: ChatMessage['facts'][number][] = [];
  const actions: Json[] = [...objectsOf(card.actions)];
  const colours: unknown[] = [];
  const visit = (elements: readonly Json[], depth: number) => {
    for (const element of elements) {
      if (element.type === 'TextBlock') texts.push(...said(element.text, 'markdown'));
      if (element.type === 'RichTextBlock')
        texts.push(
          ...said(
            objectsOf(element.inlines)
              .map(({ text }) => textOf(text))
              .join(''),
          ),
        );
      if (element.type === 'FactSet') facts.push(...factsOf(element.facts, 'title'));
      if (element.type === 'ActionSet') actions.push(...objectsOf(element.actions));
      colours.push(element.color, element.style);
      if (depth < DEPTH_LIMIT)
        visit([...objectsOf(element.items), ...objectsOf(element.columns), ...objectsOf(element.body)], depth + 1);
    }
  };
  visit(objectsOf(card.body), 0);
  return {
    texts,
    facts,
    url: firstUrl(...actions.map(({ url }) => url)),
    severity: colours.map(severityOfColour).find(Boolean),
  };
}

function factsOf(facts: unknown, label: 'name' | 'title'): ChatMessage['facts'] {
  return objectsOf(facts).flatMap((fact) => {
    const [value] = said(fact.value);
    const name = textOf(fact[label]).replace(/:$/, '');
    return value && name ? [{ name, value }] : [];
  });
}
