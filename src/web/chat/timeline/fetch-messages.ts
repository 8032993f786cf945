import { request } from '../../api/request.ts';
import { drawn } from '../../draw/drawn.ts';
import type { Page } from './stretch.ts';

/** Which messages of a channel are wanted: the newest when nothing is given. */
export interface Place {
  readonly before?: string;
  readonly after?: string;
  readonly around?: string;
  readonly limit?: number;
}

/** Messages that are asked for at once. */
const PAGE = 50;
/** The newest fill more than a screen, and are drawn sooner. */
const NEWEST = 20;

export function fetchMessages(channel: string, { limit, ...place }: Place): Promise<Page> {
  const usual = Object.keys(place).length > 0 ? PAGE : NEWEST;
  return drawn(
    request<Page>(`/channels/${encodeURIComponent(channel)}/messages`, {
      query: { ...place, limit: String(limit ?? usual) },
    }),
  );
}
