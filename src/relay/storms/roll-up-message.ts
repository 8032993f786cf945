import type { RollUpCount } from '../../core/event/roll-up.ts';
import { linkMarkdown } from '../../core/message/markdown/link-markdown.ts';
import {
  escapeMarkdown,
  type Markdown,
  type Message,
  momentMarkdown,
  SENTINEL,
  toMessage,
} from '../../core/message/message.ts';
import type { Severity } from '../../core/message/severity.ts';
import type { Endpoint } from '../../core/settings/endpoint.ts';
import type { Person } from '../../core/settings/person.ts';
import { cutText } from '../../core/text/cut-text.ts';
import { describeDuration } from '../../core/text/duration.ts';
import { type Difference, differencesIn } from './roll-up.ts';

const DIFFERENCES = 2;
const TITLE_LENGTH = 80;
const SOURCE_LENGTH = 40;
const GRAVEST_FIRST: readonly Severity[] = ['critical', 'warning', 'good', 'info'];

/** One message that says what many events of one source would have said. */
export function toRollUpMessage(
  count: RollUpCount,
  {
    source,
    endpoint,
    calm,
    people = [],
  }: {
    readonly source: string;
    readonly endpoint: Endpoint | undefined;
    readonly calm: boolean;
    /** Whom it pings. */
    readonly people?: readonly Person[];
  },
): Message {
  const { total, firstAt, lastAt, severities, gravest } = count;
  const [first, last] = [new Date(firstAt), new Date(lastAt)];
  const took = Math.max(1_000, last.getTime() - first.getTime());
  const from = cutText(source || (endpoint?.name ?? 'a deleted endpoint'), SOURCE_LENGTH);
  const severity = GRAVEST_FIRST.find((each) => severities[each]) ?? 'info';
  const isOver = calm && count.over >= total - count.over;
  return toMessage({
    severity: isOver ? 'good' : severity,
    title: { text: `${number(total)} events from ${from} in ${describeDuration(took)}${calm ? ', calm now' : ''}` },
    body: [
      toCounts(count),
      toAge(count),
      ...differencesIn(count, DIFFERENCES).map(toLine),
      toGravest(gravest),
      toPings(people),
      toTimes(first, last),
    ]
      .filter(Boolean)
      .join('\n\n'),
    mentions: people.map(({ name, ids }) => ({ name, ids })),
    actions: endpoint ? toActions(endpoint, source) : [],
    ...(endpoint && { footer: endpoint.name }),
  });
}

function toCounts({ severities, over }: RollUpCount): Markdown {
  const counts = GRAVEST_FIRST.flatMap((severity) => {
    const count = severities[severity];
    return count && severity !== 'info' && severity !== 'good' ? [`**${number(count)}** ${severity}`] : [];
  });
  return [...counts, ...(over > 0 ? [`**${number(over)}** over`] : [])].join(' · ');
}

function toAge({ stale, total }: RollUpCount): Markdown {
  if (stale === 0) return '';
  return `${stale === total ? 'Too' : `${number(stale)} were too`} old to be posted one by one.`;
}

function toLine({ name, values, others }: Difference): Markdown {
  const counts = values.map(([value, count]) => `${escapeMarkdown(value)} **${number(count)}**`);
  return `By ${escapeMarkdown(name)}: ${[...counts, ...(others > 0 ? [`others **${number(others)}**`] : [])].join(' · ')}`;
}

function toGravest(gravest: RollUpCount['gravest']): Markdown {
  if (gravest.length === 0) return '';
  return [
    'Critical:',
    '',
    ...gravest.map(({ title, url }) => `- ${linkMarkdown(cutText(title, TITLE_LENGTH), url)}`),
  ].join('\n');
}

/** The mentions stand for people, in their order. */
function toPings(people: readonly Person[]): Markdown {
  if (people.length === 0) return '';
  return `For ${people.map((_, index) => `${SENTINEL.open}m${index}${SENTINEL.close}`).join(', ')}`;
}

function toTimes(first: Date, last: Date): Markdown {
  return `first ${momentMarkdown(first, 'time')}, last ${momentMarkdown(last, 'time')}`;
}

function toActions({ id }: Endpoint, source: string) {
  const only = source ? { source } : {};
  return [
    { label: 'Show all', command: 'history', options: { endpoint: id, ...only } },
    {
      label: 'Mute 1 h',
      command: 'mute',
      options: { endpoint: id, ...(source ? only : { confirm: 'yes' }), for: '1h' },
    },
  ];
}

function number(count: number): string {
  return count.toLocaleString('en');
}
