import type { Tally, Trial, TriedEvent } from '../../../core/command/desks/rule-desk.ts';
import { inlineCode, sentenceMarkdown } from '../../../core/message/markdown/inline-code.ts';
import { escapeMarkdown, type Markdown, momentMarkdown } from '../../../core/message/message.ts';
import { placeLabel } from '../../../core/settings/channel.ts';
import { cutText } from '../../../core/text/cut-text.ts';
import { DAY } from '../../../core/text/duration.ts';

const TITLE = 100;
const FAULTS = 3;

/** `With this change, 41 messages of the last 7 days would be posted instead of 212.` */
export function describeEffect({ before, after, since, partial, events }: Trial, now: Date): Markdown {
  const days = Math.max(1, Math.round((now.getTime() - since.getTime()) / DAY));
  const span = partial
    ? `the newest ${events.toLocaleString('en')} events`
    : days === 1
      ? 'the last day'
      : `the last ${days} days`;
  if (events === 0) return `No event arrived in ${span}.`;
  if (before.posted === after.posted) return describeSame(before.posted, span);
  const held = describeHeld(after.held - before.held);
  if (after.posted === 0)
    return before.posted === 1
      ? `The only message of ${span} would not be posted${held}.`
      : `None of the ${countOf(before.posted, 'message')} of ${span} would be posted${held}.`;
  return `With this change, ${countOf(after.posted, 'message')} of ${span} would be posted instead of ${before.posted.toLocaleString('en')}${held}.`;
}

/** What a digest or a mute holds is shown later, and nobody has to fear that it is lost. */
function describeHeld(more: number): string {
  return more > 0 ? `, and ${more.toLocaleString('en')} more held for later` : '';
}

function describeSame(posted: number, span: string): Markdown {
  if (posted === 0) return `No event of ${span} would be posted, before or after it.`;
  if (posted === 1) return `The only message of ${span} would still be posted.`;
  return `The number of messages would not change: ${posted.toLocaleString('en')} in ${span}.`;
}

/** `#dev would have got 12 of them.` */
export function describeShare(posted: number, place: Markdown): Markdown {
  return `${place} would have got ${posted ? posted.toLocaleString('en') : 'none'} of them.`;
}

/** All that a trial found, the worst first. */
export function describeTrial(trial: Trial, now: Date): Markdown {
  const { before, after, gains, losses, reseverities, gained, lost, severities } = trial;
  const graves = describeGraves(trial);
  const parts = [
    ...(graves ? [graves] : []),
    describeEffect(trial, now),
    ...(trial.events ? [tableOf(before, after)] : []),
    ...listOf(`${titleOf(losses)}${more(lost, losses)}`, losses, placesOf(losses, 'losses')),
    ...listOf(`Posted besides${more(gained, gains)}`, gains, placesOf(gains, 'gains')),
    ...listOf(
      `Another severity${more(severities, reseverities)}`,
      reseverities,
      (event) => ` · ${event.severity} → ${event.becomes ?? event.severity}`,
    ),
    ...describeDoubts(trial, now),
  ];
  return parts.join('\n\n');
}

function titleOf(losses: readonly TriedEvent[]): string {
  if (losses.every(({ isHeld }) => isHeld)) return 'Held for later';
  return losses.some(({ isHeld }) => isHeld) ? 'Held for later, or no longer posted' : 'No longer posted';
}

/** What a change that was not tried does, and what may be wrong with it, for the answer once it is saved. */
export function describeSaved(trial: Trial, now: Date): readonly Markdown[] {
  return [describeEffect(trial, now), ...describeDoubts(trial, now)];
}

/** What may be wrong with a change: fields that no event had, and conditions that could not be evaluated. */
export function describeDoubts(trial: Trial, now: Date): readonly Markdown[] {
  return [...describeMissing(trial, now), ...describeFaults(trial)];
}

function describeFaults({ faults }: Trial): readonly Markdown[] {
  return faults
    .slice(0, FAULTS)
    .map(
      ({ condition, problem, effect, events }) =>
        `${inlineCode(condition)} cannot be evaluated for ${countOf(events, 'event')}, so ${effect}: ${sentenceMarkdown(problem)}.`,
    );
}

/** Which severe events would be lost; nothing where none would. */
export function describeGraves({ grave, graves: all }: Trial, most = all.length): Markdown | undefined {
  if (!grave) return undefined;
  const graves = all.slice(0, most);
  const which = grave === 1 ? 'This critical alert' : `${grave.toLocaleString('en')} critical alerts`;
  return `🔴 **${which} would be posted nowhere:**\n${graves.map((event) => lineOf(event)).join('\n')}${grave > graves.length ? `\n- and ${grave - graves.length} more` : ''}`;
}

/** Fields that no event had, as sentences. */
function describeMissing({ missing, since, partial, events }: Trial, now: Date): readonly Markdown[] {
  const days = Math.max(1, Math.round((now.getTime() - since.getTime()) / DAY));
  const span = partial ? `newest ${events.toLocaleString('en')} events` : `last ${days === 1 ? 'day' : `${days} days`}`;
  return missing.map(
    ({ path, meant }) =>
      `No event of the ${span} has ${inlineCode(path)}${meant ? `; did you mean ${inlineCode(meant)}?` : '.'}`,
  );
}

function tableOf(before: Tally, after: Tally): Markdown {
  const rows = (['posted', 'held', 'dropped'] as const).filter((name) => before[name] || after[name]);
  return rows
    .map((name) => `- ${name}: ${before[name].toLocaleString('en')} → ${after[name].toLocaleString('en')}`)
    .join('\n');
}

function listOf(
  title: string,
  events: readonly TriedEvent[],
  also: (event: TriedEvent) => string,
): readonly Markdown[] {
  return events.length ? [`**${title}:**\n${events.map((event) => lineOf(event) + also(event)).join('\n')}`] : [];
}

function more(total: number, shown: readonly TriedEvent[]): string {
  return total > shown.length ? `, ${shown.length} of ${total.toLocaleString('en')}` : '';
}

function lineOf({ id, title, receivedAt }: TriedEvent): Markdown {
  return `- ${escapeMarkdown(cutText(title, TITLE))} · ${momentMarkdown(receivedAt, 'relative')} · ${inlineCode(id)}`;
}

/** Names the channels of each event, where they are not all the same. */
function placesOf(events: readonly TriedEvent[], kind: 'gains' | 'losses'): (event: TriedEvent) => Markdown {
  const said = (event: TriedEvent) => event[kind].map(placeLabel).join(', ');
  if (new Set(events.map(said)).size < 2) return () => '';
  return (event) => ` · ${escapeMarkdown(said(event))}`;
}

function countOf(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}
