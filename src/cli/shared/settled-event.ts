import type { EventState } from '../../core/event/event.ts';
import type { PostState } from '../../core/event/post.ts';
import type { SpanLine } from '../../core/message/terminal-lines.ts';
import { toReportLine } from '../../core/platform/report-line.ts';
import type { Api } from './api.ts';

/** An event as the API gives it, as far as the command line reads it. */
export interface EventBody {
  readonly id: string;
  readonly endpoint: string;
  readonly type: string;
  readonly state: EventState;
  readonly receivedAt: string;
  readonly about: { readonly title: string } | null;
  readonly body: { readonly text?: string; readonly base64?: string };
  readonly posts: readonly {
    readonly platform: string;
    readonly channel: string;
    readonly channelName: string;
    readonly state: PostState;
    readonly error: string | null;
    readonly settledAt: string | null;
  }[];
}

/** Whether nothing more happens to an event by itself. */
export function isSettled(state: EventState): boolean {
  return state !== 'received' && state !== 'queued';
}

/** An event with its posts; nothing where it is no longer kept. */
export async function readEvent(api: Api, id: string): Promise<EventBody | undefined> {
  const { status, body } = await api.ask(`/events/${id}`);
  // The API and the command line are of one version: it has the shape that the API describes.
  return status === 200 ? (body as { readonly event: EventBody }).event : undefined;
}

export function toLine({ about, receivedAt, posts, ...event }: EventBody): SpanLine {
  return toReportLine({
    ...event,
    title: about?.title,
    receivedAt: new Date(receivedAt),
    posts: posts.map(({ settledAt, ...post }) => ({ ...post, ...(settledAt && { settledAt: new Date(settledAt) }) })),
  });
}
