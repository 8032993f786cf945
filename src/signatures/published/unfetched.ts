import { AppError } from '../../core/errors.ts';
import { refused, type Verdict } from '../../core/provider/signature.ts';

/** A refusal for want of a key. Where whoever should have given it out is away, trying again may help. */
export function unfetched(error: unknown): Extract<Verdict, { ok: false }> {
  if (!(error instanceof AppError)) throw error;
  const verdict = refused(`its key could not be fetched: ${error.message.replace(/\.$/, '')}`);
  return error.status >= 500 ? { ...verdict, later: true } : verdict;
}
