import type { Clock } from '../core/clock.ts';
import type { Journal } from '../core/event/journal.ts';
import type { NewPost } from '../core/event/post.ts';
import type { Captured } from '../core/provider/handshake.ts';
import type { Provider } from '../core/provider/provider.ts';
import type { Endpoint } from '../core/settings/endpoint.ts';
import { newId } from '../core/settings/ids.ts';
import type { SettingsStore } from '../core/settings/settings.ts';
import { toCapturedNotice } from './notices/captured.ts';

/**
 * Keeps what a provider gave along with a handshake, where the endpoint has nothing in its place. Resolves with whether a secret
 * among it is now the endpoint's: of two that come at once, one is too late.
 */
export type Capture = (endpoint: Endpoint, captured: Captured) => Promise<boolean>;

export interface CaptureParts {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly settings: SettingsStore;
  readonly journal: Pick<Journal, 'audit'>;
  readonly clock: Clock;
  readonly mention: (notices: readonly NewPost[]) => void;
}

export function createCapture({ providers, settings, journal, clock, mention }: CaptureParts): Capture {
  return async ({ id, provider }, captured) => {
    const title = providers.get(provider)?.title ?? provider;
    const now = clock.now();
    const before = settings.current.endpoints.find((endpoint) => endpoint.id === id);
    const { secret, options = {} } = captured;
    if (!before || taken(before, captured) === before) return secret === undefined;
    const names = Object.keys(options);
    await journal.audit.add({
      at: now,
      by: 'bellhop',
      byName: title,
      action: 'handshake',
      endpointId: id,
      detail: `took ${[secret && 'the secret', ...names].filter(Boolean).join(' and ')} of ${before.name} from ${title}`,
    });
    let took = false;
    await settings.update((current) => ({
      ...current,
      endpoints: current.endpoints.map((endpoint) => {
        const next = endpoint.id === id ? taken(endpoint, captured) : endpoint;
        took ||= next !== endpoint;
        return next;
      }),
    }));
    if (took && secret) mention(toCapturedNotice(before, title));
    return took || secret === undefined;
  };

  /** What is there stays, whoever asks. */
  function taken(endpoint: Endpoint, { secret, options = {} }: Captured): Endpoint {
    const free = Object.entries(options).filter(([name]) => !Object.hasOwn(endpoint.options, name));
    const fresh = secret !== undefined && endpoint.secrets.length === 0;
    if (!fresh && free.length === 0) return endpoint;
    return {
      ...endpoint,
      options: { ...endpoint.options, ...Object.fromEntries(free) },
      ...(fresh && { secrets: [{ id: newId(), value: secret, createdAt: clock.now().toISOString() }] }),
    };
  }
}
