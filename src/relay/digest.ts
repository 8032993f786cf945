import { isOpen } from '../core/event/about.ts';
import type { StoredEvent } from '../core/event/event.ts';
import { eventLink } from '../core/event/event-line.ts';
import type { Journal } from '../core/event/journal.ts';
import type { NewPost, StoredPost } from '../core/event/post.ts';
import { escapeMarkdown, type Field, momentMarkdown, toMessage } from '../core/message/message.ts';
import { describeMatch, type Mute } from '../core/settings/mute.ts';
import type { Settings } from '../core/settings/settings.ts';

export interface DigestParts {
  readonly mute: Mute;
  readonly journal: Journal;
  readonly settings: Settings;
  readonly now: Date;
}

const PAGE = 500;
/** Held events that are looked at one by one; beyond that only their number is given. */
const LOOKED_AT = 2_000;
const LISTED = 10;
/** More than this is a flood that the button asks about. */
const UNASKED = 20;

/** The digest for each channel when a mute ends: how much was held, of what, and what still needs somebody. None where one was posted already. */
export async function toDigest({ mute, journal, settings, now }: DigestParts): Promise<readonly NewPost[]> {
  const endpoint = settings.endpoints.find(({ id }) => id === mute.endpointId);
  const posts = await postsOf(mute.id, journal);
  if (!endpoint || posts.some(({ eventId }) => !eventId)) return [];
  const held = posts.filter(({ state }) => state === 'held');
  const events = await eventsOf(held, journal);
  const opening = `${escapeMarkdown(describeMatch(mute.match))} is no longer muted, since ${momentMarkdown(now, 'time')}.`;

  return endpoint.routes.map(({ id, platform, channel, channelName }): NewPost => {
    const here = held.filter((post) => post.routeId === id);
    const told = here.flatMap(({ eventId }) => events.get(eventId ?? '') ?? []);
    const open = stillOpen(told);
    const message = toMessage({
      severity: open.length ? 'warning' : 'info',
      title: { text: `Mute ended: ${describe(here.length, open.length)} (${endpoint.name})` },
      body: [opening, ...(mute.reason ? [`It was for: ${escapeMarkdown(mute.reason)}`] : []), listOpen(open)]
        .filter(Boolean)
        .join('\n\n'),
      fields: [
        ...countBy(told, 'By type', ({ type }) => type),
        ...countBy(told, 'By source', ({ about }) => about?.source),
      ],
      actions: here.length
        ? [
            {
              label: here.length === 1 ? 'Post it now' : `Post all ${here.length} now`,
              command: 'replay',
              options: { mute: mute.id, ...(here.length > UNASKED && { confirm: 'yes' }) },
              ...(here.length > UNASKED && {
                confirm: {
                  title: 'Post them all?',
                  text: `This posts ${here.length} messages here.`,
                  yes: 'Post them',
                },
              }),
            },
            { label: 'What was held', command: 'history', options: { endpoint: endpoint.id, state: 'held' } },
          ]
        : [],
    });
    return {
      platform,
      channel,
      channelName,
      state: 'due',
      endpointId: endpoint.id,
      routeId: id,
      muteId: mute.id,
      message,
    };
  });
}

async function postsOf(muteId: string, journal: Journal): Promise<readonly StoredPost[]> {
  const found: StoredPost[] = [];
  for (let before: string | undefined; ; ) {
    const page = await journal.posts.list({ muteId, limit: PAGE, ...(before && { before }) });
    found.push(...page);
    before = page.at(-1)?.id;
    if (page.length < PAGE) return found.toReversed();
  }
}

async function eventsOf(held: readonly StoredPost[], journal: Journal): Promise<ReadonlyMap<string, StoredEvent>> {
  const ids = new Set(held.slice(-LOOKED_AT).flatMap(({ eventId }) => eventId ?? []));
  const events = await Promise.all([...ids].map((id) => journal.events.get(id)));
  return new Map(events.flatMap((event) => (event ? [[event.id, event] as const] : [])));
}

/** The last word on each subject, where it says that somebody is needed. */
function stillOpen(events: readonly StoredEvent[]): readonly StoredEvent[] {
  const last = new Map(events.map((event) => [event.about?.subject ?? event.id, event]));
  return [...last.values()].filter(({ about }) => about && isOpen(about));
}

function listOpen(open: readonly StoredEvent[]): string {
  if (!open.length) return '';
  const lines = open.slice(-LISTED).map((event) => `- ${eventLink(event)}`);
  const more = open.length > LISTED ? [`- and ${open.length - LISTED} more`] : [];
  return ['**Still open**', ...lines, ...more].join('\n');
}

function countBy(
  events: readonly StoredEvent[],
  name: string,
  key: (event: StoredEvent) => string | undefined,
): readonly Field[] {
  const counts = [...Map.groupBy(events, (event) => key(event) ?? '')]
    .filter(([label]) => label)
    .map(([label, { length }]) => ({ label, length }))
    .toSorted((a, b) => b.length - a.length);
  if (!counts.length) return [];
  const shown = counts.slice(0, LISTED).map(({ label, length }) => `${length} × ${escapeMarkdown(label)}`);
  return [
    { name, value: [...shown, ...(counts.length > LISTED ? [`and ${counts.length - LISTED} more`] : [])].join('\n') },
  ];
}

function describe(held: number, open: number): string {
  if (held === 0) return 'nothing was held';
  return `${count(held, 'event')} held${open > 0 ? `, ${open} still open` : ''}`;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
