import { parseDelivery } from '../../core/delivery/parse-delivery.ts';
import type { StoredEvent } from '../../core/event/event.ts';
import type { Provider } from '../../core/provider/provider.ts';
import { activeSecrets } from '../../core/settings/endpoint.ts';
import type { Settings } from '../../core/settings/settings.ts';

export interface CurlParts {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly settings: Settings;
  readonly publicUrl: string;
}

/** Headers that say how a request travelled rather than what it said. */
const TRAVEL =
  /^(host|connection|content-length|content-encoding|transfer-encoding|accept-encoding|expect|x-forwarded-.*|forwarded|via|x-real-ip|cf-.*)$/;

/** A shell command that delivers an event again, signed anew. The endpoint's URL is a secret and has to be filled in. */
export function toCurl(event: StoredEvent, { providers, settings, publicUrl }: CurlParts): string {
  const endpoint = settings.endpoints.find(({ id }) => id === event.endpointId);
  const provider = providers.get(event.provider);
  const secret = endpoint && activeSecrets(endpoint, new Date()).at(-1);
  const delivery = parseDelivery({ ...event, url: '', receivedAt: new Date() });
  const context = { url: `${publicUrl}/in/${endpoint?.token ?? ''}`, options: endpoint?.options ?? {} };
  const signed =
    provider && secret ? withoutSecret(provider.signature.sign(delivery, secret.value, context), secret.value) : {};
  const headers = Object.entries({ ...event.headers, ...signed }).filter(
    ([name, value]) => !TRAVEL.test(name) && value !== '[redacted]',
  );
  return [
    `ENDPOINT_URL='${publicUrl}/in/…'`,
    [
      `curl -X ${event.method} "$ENDPOINT_URL"`,
      ...headers.flatMap(([name, value]) => [value].flat().map((one) => `-H ${quote(`${name}: ${one}`)}`)),
      `--data-binary ${quote(event.body.toString('utf8'))}`,
    ].join(' \\\n  '),
  ].join('\n');
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

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
