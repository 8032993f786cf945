import type { PublishedRequest } from '../../core/provider/fetch-published.ts';
import { refused, type SignatureContext, type Verdict } from '../../core/provider/signature.ts';
import { unfetched } from './unfetched.ts';

export type Fetched =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly verdict: Extract<Verdict, { ok: false }> };

/** Fetches what a verification needs. A failure is a refusal with its reason. */
export async function fetchKey({ fetch }: SignatureContext, request: PublishedRequest): Promise<Fetched> {
  if (!fetch) return { ok: false, verdict: refused('nothing may be fetched here, so its key is not known') };
  try {
    return { ok: true, text: await fetch(request) };
  } catch (error) {
    return { ok: false, verdict: unfetched(error) };
  }
}
