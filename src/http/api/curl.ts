import type { Parsed } from '../../core/delivery/delivery.ts';
import { parseDelivery } from '../../core/delivery/parse-delivery.ts';
import { AppError } from '../../core/errors.ts';
import type { StoredEvent } from '../../core/event/event.ts';
import { toRenewed } from '../../core/provider/fresh-delivery.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { SignatureContext } from '../../core/provider/signature.ts';
import { activeSecrets } from '../../core/settings/endpoint.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { MASK } from '../../core/text/mask-secrets.ts';

export interface CurlParts {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly settings: Settings;
  readonly publicUrl: string;
  readonly now: Date;
}

/** Headers that say how a request travelled rather than what it said. */
const TRAVEL =
  /^(host|connection|content-length|content-encoding|transfer-encoding|accept-encoding|expect|x-forwarded-.*|forwarded|via|x-real-ip|cf-.*)$/;

/** A shell command that delivers an event again as a new one: under another id, dated now, with a new signature. The endpoint's URL is a secret and has to be filled in. */
export function toCurl(event: StoredEvent, { providers, settings, publicUrl, now }: CurlParts): string {
  const endpoint = settings.endpoints.find(({ id }) => id === event.endpointId);
  const provider = providers.get(event.provider);
  const secret = endpoint && activeSecrets(endpoint, now).at(-1);
  const context = { url: `${publicUrl}/in/${endpoint?.token ?? ''}`, options: endpoint?.options ?? {} };
  const kept = { ...event, url: '', receivedAt: now };
  const { delivery: renewed, isNew } = provider
    ? toRenewed(kept, provider, context, now)
    : { delivery: kept, isNew: false };
  const delivery = parseDelivery(renewed);
  const signed =
    provider && secret ? withoutSecret(signOrNot(provider, delivery, secret.value, context), secret.value) : {};
  const headers = Object.entries({ ...renewed.headers, ...signed }).filter(
    ([name, value]) => !TRAVEL.test(name) && value !== MASK,
  );
  const { input, data } = toData(renewed.body);
  return [
    `ENDPOINT_URL='${publicUrl}/in/…'`,
    // A word for whoever pastes it: the shell does nothing with it, and shells differ in what they take for a comment.
    ...(isNew
      ? []
      : [`: 'Its bytes are its identity: sent to the same endpoint soon after, it is answered as a repeat.'`]),
    [
      `${input}curl -X ${quoteIfNeeded(event.method)} "$ENDPOINT_URL"${toQuery(event.query)}`,
      ...headers.flatMap(([name, value]) => [value].flat().map((one) => `-H ${quote(`${name}: ${one}`)}`)),
      ...data,
    ].join(' \\\n  '),
  ].join('\n');
}

/** Where only the sender has the key, a delivery cannot be signed anew. */
function signOrNot(
  { signature }: Provider,
  delivery: Parsed,
  secret: string,
  context: SignatureContext,
): Record<string, string> {
  try {
    return signature.sign(delivery, secret, context);
  } catch (error) {
    if (error instanceof AppError) return {};
    throw error;
  }
}

/** `--data-raw`, for the other ways to give a body read a file where it begins with `@`. Bytes that are not text go in by a pipe. */
function toData(body: Buffer): { readonly input: string; readonly data: readonly string[] } {
  if (body.length === 0) return { input: '', data: [] };
  const text = body.toString('utf8');
  // A shell cannot hold a zero byte.
  if (Buffer.from(text).equals(body) && !text.includes('\0')) return { input: '', data: [`--data-raw ${quote(text)}`] };
  return { input: `base64 -d <<< '${body.toString('base64')}' | `, data: ['--data-binary @-'] };
}

function toQuery(query: StoredEvent['query']): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one) => [name, one] as [string, string]),
  );
  return pairs.length > 0 ? quote(`?${new URLSearchParams(pairs)}`) : '';
}

/** A token that is sent as it is would be shown: it has to be filled in too. */
function withoutSecret(headers: Readonly<Record<string, string>>, secret: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      value.includes(secret) || /^(Basic|Bearer) /i.test(value) ? 'FILL-IN-THE-SECRET' : value,
    ]),
  );
}

/** Text as one word of bash, with control characters written out: none of them may act on the terminal it is pasted into. */
function quote(text: string): string {
  const controls = /[\p{Cc}\u2028\u2029]/gu;
  if (!/[\p{Cc}\u2028\u2029]/u.test(text.replaceAll('\n', ''))) return `'${text.replaceAll("'", "'\\''")}'`;
  const written = text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    // As bytes: in a locale without Unicode bash leaves `\u` as it is.
    .replace(controls, (control) => Buffer.from(control).toString('hex').replace(/../g, '\\x$&'));
  return `$'${written}'`;
}

function quoteIfNeeded(word: string): string {
  return /^[A-Z]+$/.test(word) ? word : quote(word);
}
