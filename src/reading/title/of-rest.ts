import { spokenLabel } from '../payload/names.ts';
import { activityOf, saysActivity } from '../verbs.ts';
import { headlineOf, says } from '../words.ts';
import { idIn, personIn } from './find.ts';
import { GENERIC, join, phraseOf, placed, spokenState, standing, TITLE_LIMIT } from './phrases.ts';
import type { TitleParts } from './title-parts.ts';

/** The first line of what explains, after what was done. */
export function ofProse({ prose, scene, typeWords }: TitleParts): string | undefined {
  const activity = activityOf(typeWords);
  for (const candidate of prose) {
    if (candidate.leaf.owner.path.length > 1) continue;
    const line = headlineOf(candidate.text, TITLE_LIMIT);
    if (!line || !/\s/.test(line)) continue;
    const silent = activity && activity.noun !== '' && !GENERIC.test(activity.noun) && !saysActivity(line, activity);
    return placed(silent ? `${phraseOf(typeWords)}: ${line}` : line, scene);
  }
  return undefined;
}

/** The event's type in words, and whatever names it closer. */
export function ofType({ typeWords, thing, state, walked, scene, source, actor }: TitleParts): string | undefined {
  if (typeWords.length === 0 || (GENERIC.test(typeWords.join(' ')) && !state)) return undefined;
  const phrase = join(phraseOf(typeWords), thing?.number ?? idIn(walked)) ?? phraseOf(typeWords);
  const condition =
    state?.severity && state.severity !== 'info' && !says(phrase, state.word) ? spokenState(state.word) : undefined;
  const who = personIn(walked) ?? scene ?? (thing?.number === undefined ? source : undefined) ?? actor;
  const said = condition ? `${phrase}: ${condition}` : phrase;
  return who && !says(said, who) ? `${said}${condition ? ' · ' : ': '}${who}` : said;
}

export function ofPlace({ state, scene, source, actor, walked, prose }: TitleParts): string | undefined {
  const place = scene ?? source;
  if (place && state) return standing(place, state, walked.root);
  const line = prose.map(({ text }) => headlineOf(text, TITLE_LIMIT)).find(Boolean);
  if (line) return placed(line, place);
  const who = personIn(walked) ?? actor;
  if (state) return `${spokenLabel(state.owner.name || 'state')}: ${spokenState(state.word)}`;
  if (place) return who && who !== place ? `${place}: news from ${who}` : `News from ${place}`;
  const [first] = walked.branches.filter(({ path }) => path.length === 1);
  return who ? `News from ${who}` : first ? `${spokenLabel(first.name)} changed` : undefined;
}
