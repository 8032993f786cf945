import { differenceLine } from '../../core/event/difference/difference-lines.ts';
import type { NewPost } from '../../core/event/post.ts';
import { inlineCode, sentenceMarkdown } from '../../core/message/markdown/inline-code.ts';
import type { Markdown } from '../../core/message/message.ts';
import type { Endpoint } from '../../core/settings/endpoint.ts';
import { plural } from '../../core/text/line.ts';
import { type Kind, valueDiff } from '../../core/text/value-diff.ts';
import type { Drift } from '../drift/create-drift-watch.ts';
import { toNotices } from './to-notices.ts';

/** Fields and differences that are named. */
const FIELDS = 5;
const LINES = 8;
const USES = 3;

/** What an endpoint's channels are sent when events have no longer what a template, the about or a filter uses. */
export function toDriftNotice(
  { event, odd, before, seen }: Omit<Drift, 'read'>,
  {
    endpoint,
    show,
  }: {
    readonly endpoint: Endpoint | undefined;
    readonly show: (event: Drift['before']) => { readonly payload: unknown };
  },
): readonly NewPost[] {
  const name = endpoint?.name ?? 'a deleted endpoint';
  const { found } = valueDiff(show(before).payload, show({ ...before, ...event }).payload);
  const lines = found
    .filter(({ kind }) => kind !== 'changed')
    .map((difference) => differenceLine(difference).replaceAll('`', "'"));
  const fields = odd.slice(0, FIELDS).map((field) => `- ${describeOdd(field)}`);
  const rest = odd.length > FIELDS ? [`- and ${plural(odd.length - FIELDS, 'other field')}`] : [];
  const more = lines.length > LINES ? [`… and ${lines.length - LINES} more`] : [];
  const usesFilter = odd.some(({ uses }) => uses.some((use) => /^the (?:filter|rule)/.test(use)));
  return toNotices(endpoint?.routes ?? [], event.endpointId, {
    title: { text: `${name}: events of type ${event.type} have changed` },
    body: [
      `Event ${inlineCode(event.id)} differs from the last ${seen} events of the same kind in fields that Bellhop uses:\n${[...fields, ...rest].join('\n')}`,
      `Fields added, removed or changed in type since event ${inlineCode(before.id)}:\n\`\`\`diff\n${[...lines.slice(0, LINES), ...more].join('\n')}\n\`\`\``,
      'Check what uses them: messages may lack this information, and filters and rules may decide differently. Each field is reported once.',
    ].join('\n\n'),
    actions: [
      { label: 'Diff', command: 'diff', options: { event: event.id, other: before.id } },
      { label: 'Why', command: 'why', options: { event: event.id } },
      ...(usesFilter && endpoint ? [{ label: 'Rules', command: 'rules', options: { endpoint: endpoint.id } }] : []),
    ],
  });
}

function describeOdd({ path, uses, was, is }: Drift['odd'][number]): Markdown {
  const by = [...uses.slice(0, USES), ...(uses.length > USES ? [`${uses.length - USES} more`] : [])];
  const what = is === undefined ? 'is missing' : `is now ${named(is)}; it was ${named(was)}`;
  return `${inlineCode(path)} ${what}. ${sentenceMarkdown(`Used by ${by.join(', ')}.`)}`;
}

function named(kind: Kind | undefined): string {
  if (kind === undefined) return 'nothing';
  if (kind === 'object') return 'an object';
  return kind === 'number' || kind === 'list' ? `a ${kind}` : kind;
}
