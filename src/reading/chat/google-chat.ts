import { isObject } from '../payload/scalar.ts';
import { type ChatMessage, firstUrl, objectsOf, type ReadChat, type Said, said, textOf } from './chat-message.ts';

type Json = Readonly<Record<string, unknown>>;

/** What a message in Google Chat's format says: its text and its cards. */
export const readGoogleChat: ReadChat = (payload) => {
  const cards = [
    ...objectsOf(payload.cardsV2).map(({ card }) => (isObject(card) ? card : {})),
    ...objectsOf(payload.cards),
  ].filter(({ sections, header }) => Array.isArray(sections) || isObject(header));
  if (cards.length === 0) return undefined;
  const texts: Said[] = [...said(payload.text)];
  const facts: ChatMessage['facts'][number][] = [];
  const urls: unknown[] = [];
  for (const { header, sections } of cards) {
    if (isObject(header)) texts.push(...said(header.title), ...said(header.subtitle));
    for (const widget of objectsOf(sections).flatMap(({ widgets }) => objectsOf(widgets))) {
      const [labelled, paragraph] = [widget.decoratedText ?? widget.keyValue, widget.textParagraph].map(
        (part): Json => (isObject(part) ? part : {}),
      );
      const name = textOf(labelled?.topLabel);
      const [value] = said(labelled?.text ?? labelled?.content);
      if (value) name ? facts.push({ name, value }) : texts.push(value);
      texts.push(...said(paragraph?.text));
      urls.push(...linksOf(widget));
    }
  }
  return { texts, facts, url: firstUrl(...urls) };
};

function linksOf(widget: Json): readonly unknown[] {
  const list = isObject(widget.buttonList) ? widget.buttonList.buttons : widget.buttons;
  return objectsOf(list).map((button) => {
    const inner = [button.textButton, button.imageButton].find(isObject) ?? button;
    return isObject(inner.onClick) && isObject(inner.onClick.openLink) ? inner.onClick.openLink.url : undefined;
  });
}
