import { after } from 'node:test';
import { loadCatalogue } from '../../src/app/catalogue.ts';
import { systemClock } from '../../src/app/system-clock.ts';
import { createCounters } from '../../src/core/counters.ts';
import type { Journal } from '../../src/core/event/journal.ts';
import type { Provider } from '../../src/core/provider/provider.ts';
import type { Endpoint } from '../../src/core/settings/endpoint.ts';
import { noMask } from '../../src/core/settings/secret-mask.ts';
import type { Settings } from '../../src/core/settings/settings.ts';
import type { RelayParts } from '../../src/relay/create-relay.ts';
import { createMemorySettings } from '../stores/memory-settings.ts';
import { aPush, signed } from '../world.ts';
import { aChat } from './chat.ts';
import { fixedAddress } from './fixed-address.ts';
import { openHere } from './journal-worker.ts';

const catalogue = await loadCatalogue();
const SECRET = 'the secret';

export const endpoint: Endpoint = {
  id: 'e1',
  name: 'api',
  provider: 'github',
  token: 'token',
  secrets: [{ id: 's1', value: SECRET, createdAt: '2026-01-05T12:00:00.000Z' }],
  options: {},
  routes: [{ id: 'r1', platform: 'chat', channel: 'ops', channelName: 'ops' }],
  owners: ['local:ann'],
  createdAt: '2026-01-05T12:00:00.000Z',
};

interface Options {
  readonly settings?: Partial<Settings>;
  readonly chat?: ReturnType<typeof aChat>;
  readonly journal?: Journal;
  readonly providers?: ReadonlyMap<string, Provider>;
}

/** What a relay is made of: everything real but the chat, with a GitHub endpoint that leads to its channel `ops`. */
export async function aRelayParts({ settings = {}, chat = aChat(), journal, providers }: Options = {}) {
  const opened = journal ?? (await openHere());
  if (!journal) after(() => opened.close());
  const lines: { readonly message: string; readonly fields: object }[] = [];
  const note = (fields: object, message: string) => void lines.push({ fields, message });
  const parts: RelayParts = {
    providers: providers ?? withOdd({ fails: false }),
    platforms: new Map([['chat', chat.platform]]),
    settings: createMemorySettings({ endpoints: [endpoint, oddEndpoint], ...settings }),
    journal: opened,
    composer: catalogue.composer,
    templates: catalogue.templates,
    helpers: catalogue.helpers,
    clock: systemClock,
    counters: createCounters(),
    log: { debug: note, info: note, warn: note, error: note },
    mask: noMask,
    recognize: async () => ({ candidates: [], clear: false }),
    address: fixedAddress,
    onEvent: () => undefined,
  };
  return { parts, chat, lines };
}

/** A push to GitHub, signed for the endpoint. */
export function aDelivery(push: Parameters<typeof aPush>[0] = {}) {
  const { payload, headers } = aPush(push);
  const body = Buffer.from(JSON.stringify(payload));
  const url = `https://hooks.example/in/${endpoint.token}`;
  return {
    method: 'POST',
    url: '',
    headers: signed({ provider: 'github', url }, { headers, body, secret: SECRET }),
    query: {},
    body,
    receivedAt: new Date(),
    remoteAddress: '192.0.2.1',
  };
}

/** An endpoint like the other, whose provider is made by the test. */
export const oddEndpoint: Endpoint = { ...endpoint, id: 'e2', name: 'odd', provider: 'odd', token: 'odd' };

/** All providers, and one called `odd`: GitHub, unless it `fails` to read anything in a way that nobody foresaw. */
export function withOdd({ fails }: { readonly fails: boolean }): ReadonlyMap<string, Provider> {
  const github = catalogue.providers.get('github');
  if (!github) throw new Error('there is no GitHub');
  const odd = {
    ...github,
    get about() {
      if (fails) throw new TypeError('undefined is not a function');
      return github.about;
    },
  };
  return new Map([...catalogue.providers, ['odd', odd]]);
}
