import type { Reply } from '../../core/command/command.ts';

/** What a command calls a mistake of the caller, where it answers with more than an error. */
const STATUSES: Readonly<Record<string, number>> = {
  missing_option: 400,
  zone_needed: 400,
  template_problem: 400,
  not_found: 404,
  internal: 500,
};
/** The command was understood, and what is there stands against it: a confirmation is wanted, or nothing is to be done. */
const OTHERWISE = 409;
const KNOWN = [400, 403, 404, 409, 500, 503] as const;

export type ReplyStatus = 200 | (typeof KNOWN)[number];

/** The HTTP status of a command's reply: 200 when it did what was asked. */
export function toReplyStatus({ status, data }: Pick<Reply, 'status' | 'data'>): ReplyStatus {
  const code = codeOf(data);
  if (status === undefined && code === undefined) return 200;
  const wanted = status ?? STATUSES[code ?? ''] ?? OTHERWISE;
  return KNOWN.find((known) => known === wanted) ?? (wanted >= 500 ? 500 : 400);
}

function codeOf(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('code' in data)) return undefined;
  return typeof data.code === 'string' ? data.code : undefined;
}
