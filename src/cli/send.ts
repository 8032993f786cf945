import { setTimeout as wait } from 'node:timers/promises';
import type { Delivery } from '../core/delivery/delivery.ts';
import { AppError, badRequest, notFound } from '../core/errors.ts';
import { toFreshDelivery, toSigned } from '../core/provider/fresh-delivery.ts';
import { activeSecrets, type Endpoint } from '../core/settings/endpoint.ts';
import { findEndpoint } from '../core/settings/endpoint-lookup.ts';
import { didYouMean } from '../core/text/nearest.ts';
import { type Api, createApi } from './shared/api.ts';
import { publicAddress } from './shared/public-address.ts';
import { readInput, STDIN } from './shared/read-input.ts';
import { isSettled, readEvent, toLine } from './shared/settled-event.ts';
import { typedHeaders } from './shared/typed-headers.ts';
import { defineVerb, type Offline, type Value, type VerbParts } from './shared/verb.ts';

const TIMEOUT = 10_000;
/** How often it is looked what became of an event, in milliseconds. */
const LOOK_EVERY = 100;
/** How many events of one delivery are followed. */
const FOLLOWED = 10;

type Values = Readonly<Record<string, Value>>;

export default defineVerb({
  summary: 'Send a sample or a payload of your own to an endpoint, signed for real, and say what became of it',
  usage: '<endpoint> [<provider>/]<sample>|-',
  examples: [
    'bellhop send acme github/push',
    'bellhop send acme --file push.json --header "x-github-event: push"',
    'curl -s https://example.com/build.json | bellhop send builds -',
  ],
  options: {
    public: { type: 'boolean' },
    file: { type: 'string' },
    header: { type: 'string', multiple: true },
  },
  optionHelp: {
    public: 'go through the public address instead of this machine’s own port',
    file: 'a file whose bytes are the body; `-` for standard input',
    header: 'a header of the request, such as "x-github-event: push"; may be given several times',
  },
  async run({ positionals: [name, wanted], values }, { place, open, input, print, show }) {
    const file = wanted === STDIN ? STDIN : typeof values.file === 'string' ? values.file : undefined;
    if (!name || (!wanted && file === undefined))
      throw badRequest('Name the endpoint and the sample, such as `bellhop send github github/push`, or a `--file`.');
    if (wanted && wanted !== STDIN && file !== undefined)
      throw badRequest(`Give either the sample \`${wanted}\` or a file, not both.`);
    const offline = await open();
    const endpoint = findEndpoint(await offline.settings(), name);
    const body = file === undefined ? undefined : await readInput(file, { input });
    const inUrl = `/in/${endpoint.token}`;
    const publicUrl = (await publicAddress(place, open))?.url ?? place.localUrl;
    const {
      method,
      headers,
      body: sent,
    } = toDelivery(endpoint, {
      offline,
      wanted,
      values,
      body,
      url: `${publicUrl}${inUrl}`,
    });
    const url = `${values.public ? publicUrl : place.localUrl}${inUrl}`;
    const before = performance.now();
    const response = await fetch(url, {
      method,
      headers: Object.fromEntries(Object.entries(headers).map(([each, value]) => [each, [value].flat().join(', ')])),
      ...(sent.length > 0 && method !== 'GET' && { body: new Uint8Array(sent) }),
      signal: AbortSignal.timeout(TIMEOUT),
    }).catch((cause: unknown) => {
      throw new AppError(
        503,
        'no_answer',
        `Nothing answers at ${new URL(url).origin}. Start Bellhop with \`npm start\`.`,
        { cause },
      );
    });
    const answer = await response.text();
    print(`${response.status} ${answer} (${Math.round(performance.now() - before)} ms)`);
    if (!response.ok) return 1;
    return follow(eventsOf(answer), createApi(place), { print, show });
  },
});

interface Sending {
  readonly offline: Offline;
  readonly wanted: string | undefined;
  readonly values: Values;
  readonly body: Buffer | undefined;
  readonly url: string;
}

function toDelivery(endpoint: Endpoint, { offline, wanted = '', values, body, url }: Sending): Delivery {
  const { providers, samples } = offline;
  const provider = providers.get(endpoint.provider);
  if (!provider) throw notFound(`The provider \`${endpoint.provider}\``);
  const secret = activeSecrets(endpoint, new Date()).at(-1)?.value;
  const context = { url, options: endpoint.options };
  const given = typedHeaders(values.header);
  if (body !== undefined) {
    const headers = { 'content-type': 'application/json', ...given };
    const { pathname } = new URL(url);
    const around = { url: pathname, query: {}, receivedAt: new Date(), remoteAddress: '127.0.0.1' };
    const delivery = { ...around, method: 'POST', headers, body };
    return toSigned(delivery, provider.signature, { secret: secret ?? '', context });
  }
  const [from = '', type = ''] = wanted.includes('/') ? wanted.split(/\/(.*)/s) : [endpoint.provider, wanted];
  const known = samples.of(from);
  const sample = known.get(type);
  if (!sample)
    throw notFound(
      `The sample \`${wanted}\``,
      `\`${from}\` has: ${[...known.keys()].join(', ') || 'none'}.${didYouMean(type, known.keys())}`,
    );
  // Whoever stands for any sender takes what anybody sends.
  if (from !== endpoint.provider && !provider.anybody)
    throw badRequest(
      `\`${endpoint.name}\` is an endpoint for \`${endpoint.provider}\`, and \`${wanted}\` is a sample of \`${from}\`. \`${endpoint.provider}\` has: ${[...samples.of(endpoint.provider).keys()].join(', ') || 'none'}.`,
    );
  const withHeaders = { ...sample, headers: { ...sample.headers, ...given } };
  return toFreshDelivery({ sample: withHeaders, provider, secret, context, now: new Date() });
}

/** The events that an answer names: one, or those of a delivery that holds several. */
function eventsOf(answer: string): readonly string[] {
  try {
    const { event, events = [event] } = JSON.parse(answer) as { event?: string; events?: readonly string[] };
    return events.filter((id) => typeof id === 'string').slice(0, FOLLOWED);
  } catch {
    // Some senders expect an answer that is not JSON, and names nothing.
    return [];
  }
}

/** Waits until each event is posted, held or dropped, and says so. Gives back the exit code. */
async function follow(ids: readonly string[], api: Api, terminal: Pick<VerbParts, 'print' | 'show'>): Promise<number> {
  let code = 0;
  for (const id of ids) {
    const until = performance.now() + TIMEOUT;
    let event = await readEvent(api, id);
    while (event && !isSettled(event.state) && performance.now() < until) {
      await wait(LOOK_EVERY);
      event = await readEvent(api, id);
    }
    if (!event) continue;
    terminal.show([toLine(event)]);
    if (event.state === 'failed') code = 1;
    if (!isSettled(event.state)) terminal.print(`\`bellhop why ${id}\` says later what became of it.`);
  }
  return code;
}
