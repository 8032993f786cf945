import type { NoiseLine, NoiseReport } from '../../core/command/desks/noise-desk.ts';
import { inlineCode, sentenceMarkdown } from '../../core/message/markdown/inline-code.ts';
import { escapeMarkdown, type Markdown, type Message, toMessage } from '../../core/message/message.ts';
import { channelLabel } from '../../core/settings/channel.ts';
import { cutText } from '../../core/text/cut-text.ts';
import { DAY } from '../../core/text/duration.ts';
import { plural } from '../../core/text/line.ts';

const WHAT = 80;
const LABEL = 60;
const RULES = 5;

/** A report for its channel, each line with the rule it proposes and a button that hides what it says. */
export function toNoiseMessage(report: NoiseReport): Message {
  const { lines, messages, noticed, votes, gap, partial, place } = report;
  const days = Math.max(1, Math.round((report.until.getTime() - report.since.getTime()) / DAY));
  const span = days === 1 ? 'the last day' : `the last ${days} days`;
  const proposed = lines.flatMap(({ proposal }) => proposal ?? []);
  const numbered = lines.map((line) =>
    describeLine(line, line.proposal ? proposed.indexOf(line.proposal) + 1 : undefined),
  );
  const body: readonly Markdown[] = [
    messages === 0
      ? `Nothing was posted here in ${span}.`
      : `${plural(messages, 'message')} in ${span}. ${describeShare(messages - noticed, messages)}${describeVotes(votes)}`,
    ...(numbered.length ? [numbered.join('\n')] : messages ? ['Nothing stands out.'] : []),
    ...describeHidden(report),
    ...(gap ? [`Emoji and replies are not counted: ${sentenceMarkdown(gap)}`] : []),
    ...(partial ? ['There was more than could be looked at.'] : []),
    ...(proposed.length ? ['Nothing is hidden until you choose it.'] : []),
  ];
  return toMessage({
    severity: 'info',
    notify: 'never',
    title: { text: `Noise in ${channelLabel(place.channelName)}` },
    body: body.join('\n\n'),
    actions: proposed.map(({ eventId, by, what }, index) => ({
      label: cutText(`Hide ${index + 1}: ${what.replaceAll('`', '')}`, LABEL),
      command: 'fewer',
      options: { event: eventId, by },
      tucked: index > 2,
    })),
  });
}

function describeLine(
  { kind, what, endpoint, count, ignored, proposal }: NoiseLine,
  number: number | undefined,
): Markdown {
  const name = `**${escapeMarkdown(cutText(what, WHAT))}**`;
  const words: Readonly<Record<NoiseLine['kind'], Markdown>> = {
    source: `${name}: ${plural(count, 'message')}`,
    type: `${name} events of ${escapeMarkdown(endpoint)}: ${plural(count, 'message')}`,
    actor: `${name}, the loudest of all: ${plural(count, 'message')}`,
    repeated: `${name}: said again ${count === 1 ? 'once' : `${count} times`}`,
    flapping: `${name}: went back and forth ${count} times`,
  };
  const share = ignored === undefined ? '' : `, ${describeShare(ignored, count).replace(/\.$/, '').toLowerCase()}`;
  return `- ${words[kind]}${share}.${proposal && number !== undefined ? ` ${describeProposal(proposal, number)}` : ''}`;
}

function describeProposal({ what, trial }: NonNullable<NoiseLine['proposal']>, number: number): Markdown {
  const { before, after, grave } = trial;
  const graves = grave ? ` 🔴 ${plural(grave, 'critical alert')} would be posted nowhere.` : '';
  return `**${number}. Hide ${sentenceMarkdown(what)}:** ${before.posted.toLocaleString('en')} → ${after.posted.toLocaleString('en')} messages.${graves}`;
}

function describeShare(ignored: number, of: number): string {
  if (ignored === of) return of === 1 ? 'Nobody reacted to it.' : 'Nobody reacted to any of them.';
  if (ignored === 0) return 'Somebody reacted to each.';
  return `Nobody reacted to ${Math.round((100 * ignored) / of)} % of them.`;
}

function describeVotes({ up, down }: NoiseReport['votes']): string {
  return up + down === 0 ? '' : ` 👍 ${up} · 👎 ${down}`;
}

function describeHidden({ hidden }: NoiseReport): readonly Markdown[] {
  if (hidden.length === 0) return [];
  const shown = hidden.toSorted((a, b) => b.count - a.count).slice(0, RULES);
  const lines = shown.map(
    ({ endpoint, when, count }) =>
      `- ${inlineCode(when)} of ${escapeMarkdown(endpoint)}: ${count.toLocaleString('en')}`,
  );
  return [`**Hidden by rules:**\n${lines.join('\n')}`];
}
