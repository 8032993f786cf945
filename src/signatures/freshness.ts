import { refused, type Verdict } from '../core/provider/signature.ts';

/** Adds the age to a good verdict, or refuses it when its time is too far from the receipt, in the past or the future. */
export function whileFresh(
  verdict: Verdict,
  {
    signedAt,
    receivedAt,
    tolerance,
  }: { readonly signedAt: Date; readonly receivedAt: Date; readonly tolerance: number },
): Verdict {
  if (!verdict.ok) return verdict;
  const age = (receivedAt.getTime() - signedAt.getTime()) / 1000;
  if (age > tolerance) return refused(`signed ${Math.ceil(age)} s ago, ${tolerance} s are allowed`);
  if (-age > tolerance) return refused(`signed ${Math.ceil(-age)} s in the future, ${tolerance} s are allowed`);
  return { ...verdict, age: Math.max(0, age) };
}

/** A moment written as whole seconds or milliseconds since 1970; nothing for any other text. */
export function parseMoment(text: string | undefined, unit: 'seconds' | 'milliseconds'): Date | undefined {
  if (!text || !/^\d{1,15}$/.test(text)) return undefined;
  const moment = new Date(Number(text) * (unit === 'seconds' ? 1000 : 1));
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}

/** The moment as whole seconds since 1970. */
export function toSeconds(moment: Date): string {
  return String(Math.floor(moment.getTime() / 1000));
}
