import { inlineCode } from '../message/markdown/inline-code.ts';
import { escapeMarkdown, type Markdown, momentMarkdown } from '../message/message.ts';
import { describeHours } from '../text/calendar/weekly-hours.ts';
import type { Mute, Watched } from './mute.ts';
import type { Settings } from './settings.ts';

type Times = Pick<Mute, 'until' | 'ends' | 'every' | 'while' | 'paused'>;
type Named = readonly { readonly id: string; readonly name: string }[];

/**
 * When a mute holds, as people read it: `until 14:00`, `every weekday 22:00–06:00 (Europe/Berlin)`, `while db is firing`. Names
 * only these endpoints.
 */
export function muteTimes({ until, ends, every, while: watched, paused }: Times, endpoints: Named): Markdown {
  const end = until === undefined ? undefined : momentMarkdown(new Date(until));
  return [
    ...(paused ? ['until somebody resumes it'] : []),
    ...(every ? [escapeMarkdown(describeHours(every))] : []),
    ...(watched ? [`while ${watchedMarkdown(watched, endpoints)} is firing`] : []),
    ...(ends ? [`until it is ${ends}${end ? `, ${end} at the latest` : ''}`] : end ? [`until ${end}`] : []),
  ].join(', ');
}

/** The same as plain text, for decisions and the audit. */
export function muteTimesText({ until, ends, every, while: watched, paused }: Times, endpoints: Named): string {
  const end = until === undefined ? undefined : `${until.slice(0, 16).replace('T', ' ')} UTC`;
  return [
    ...(paused ? ['until somebody resumes it'] : []),
    ...(every ? [describeHours(every)] : []),
    ...(watched ? [`while ${watchedName(watched, endpoints) ?? 'something else'} is firing`] : []),
    ...(ends ? [`until it is ${ends}`] : end ? [`until ${end}`] : []),
  ].join(', ');
}

/** What has to fire: `db`, or `alert:DiskFull of db`; nothing of it where those who read may not know of it. */
function watchedName({ endpointId, subject }: Watched, endpoints: Named): string | undefined {
  const name = endpoints.find(({ id }) => id === endpointId)?.name;
  return name === undefined || subject === undefined ? name : `${subject} of ${name}`;
}

/** The same as people read it. */
export function watchedMarkdown(watched: Watched, endpoints: Named): Markdown {
  const name = watchedName(watched, endpoints);
  return name === undefined ? 'something else' : inlineCode(name);
}

/** Settings without an endpoint's mutes, and without those that wait for it to fire: they would never hold anything again. */
export function withoutMutesOf(endpointId: string, { mutes }: Pick<Settings, 'mutes'>): Settings['mutes'] {
  return mutes.filter((mute) => mute.endpointId !== endpointId && mute.while?.endpointId !== endpointId);
}
