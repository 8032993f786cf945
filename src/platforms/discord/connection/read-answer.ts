import { AppError } from '../../../core/errors.ts';
import { STATUS_PAGE } from './to-app-error.ts';

/** What an answer must be: an object, a list of them, or anything that Discord itself may say, even nothing. */
export type AnswerKind = 'object' | 'list' | 'anything';

const NO_CONTENT = 204;

/**
 * Reads an answer that says all went well. Throws `AppError` where it cannot be Discord's own, such as a page of a proxy or half
 * a document: then nobody knows whether the request was carried out.
 */
export function readAnswer(
  { status, text }: { readonly status: number; readonly text: string },
  kind: AnswerKind,
): unknown {
  if (status < 200 || status > 299) throw unreadable();
  if (kind === 'anything' && (status === NO_CONTENT || text === '')) return undefined;
  const answer = parse(text);
  const fits = kind === 'list' ? Array.isArray(answer) && answer.every(isObject) : isObject(answer);
  if (!fits && kind !== 'anything') throw unreadable();
  return answer;
}

/** The failure of an answer that cannot be read. */
export function unreadable(cause?: unknown): AppError {
  return new AppError(
    502,
    'discord_unreadable',
    `Bellhop could not read Discord’s response, so nobody knows whether Discord did it. ${STATUS_PAGE}`,
    { cause, retryAfter: 1_000 },
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The text may hold what people said, so it is not kept as the cause.
    throw unreadable();
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
