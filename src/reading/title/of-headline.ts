import type { Walked } from '../payload/walk.ts';
import { sentenceOf } from '../read-prose.ts';
import { COUNTED } from '../thing/number-of.ts';
import { activityOf, saysActivity } from '../verbs.ts';
import { HEADLINES } from '../vocabulary.ts';
import { headlineOf, isSentence, says } from '../words.ts';
import { isRemark } from './of-remark.ts';
import { GENERIC, join, phraseOf, placed, spokenState, TITLE_LIMIT } from './phrases.ts';
import type { TitleParts } from './title-parts.ts';

/** A title at the top is the sender's own headline; one further down is only a thing's name. */
export function ofHeadline(parts: TitleParts): string | undefined {
  const title = headline(parts.walked);
  if (title === undefined) return undefined;
  return decorated(title, parts);
}

/** A sentence at the top of a payload, unless it is about to be said better. */
export function ofSentence(parts: TitleParts): string | undefined {
  const top = parts.prose.find(
    ({ leaf }) =>
      leaf.owner.path.length === 0 &&
      leaf.owner.depth < 3 &&
      /^(?:message|msg|text|text_payload|short_message|event_message|short_description|plain_text_body|markdown|notification)$/.test(
        leaf.name,
      ),
  );
  const sentence = top && sentenceOf(top);
  return sentence === undefined || isRemark(parts)
    ? undefined
    : decorated(headlineOf(sentence, TITLE_LIMIT) ?? sentence, parts);
}

export function headline({ root }: Walked): string | undefined {
  let best: { readonly rank: number; readonly title: string } | undefined;
  // Alerts say what is wrong among their annotations.
  const notes = root.branches.filter(({ name }) => name === 'annotations').flatMap(({ leaves }) => leaves);
  for (const { name, value } of [...root.leaves, ...notes]) {
    const rank = HEADLINES.get(name);
    const title = rank !== undefined && (!best || rank < best.rank) ? headlineOf(value, TITLE_LIMIT) : undefined;
    // A topic may be a headline or a program's word.
    if (name === 'topic' && !/\s/.test(title ?? '')) continue;
    if (rank !== undefined && title !== undefined) best = { rank, title };
  }
  return best?.title;
}

/** Adds to a sender's words what they leave out: what was done, where, and that it is over. */
function decorated(title: string, { typeWords, scene, state, thing }: TitleParts): string {
  const activity = activityOf(typeWords);
  const number =
    thing?.number &&
    !title.includes(thing.number.replace('#', '')) &&
    thing.branch.owner === undefined &&
    (/[A-Z]-\d/.test(thing.number) || COUNTED.has(thing.kind))
      ? thing.number
      : undefined;
  const named = join(number, title) ?? title;
  if (isSentence(title)) return placed(named, scene);
  const done =
    activity && activity.noun !== '' && !saysActivity(title, activity) && !GENERIC.test(activity.noun)
      ? phraseOf(typeWords)
      : undefined;
  if (done) return placed(`${done}: ${named}`, scene);
  const over =
    state && state.severity === 'good'
      ? state.word
      : activity && !saysActivity(title, activity)
        ? activity.verb
        : undefined;
  return placed(over && !says(title, over) ? `${named}: ${spokenState(over)}` : named, scene);
}
