import { hash } from 'node:crypto';
import type { Delivery } from '../../core/delivery/delivery.ts';
import { AppError, notFound } from '../../core/errors.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { Endpoint } from '../../core/settings/endpoint.ts';
import { isPending } from '../../core/settings/pending.ts';
import type { SettingsStore } from '../../core/settings/settings.ts';

/** Whom a delivery is for, and how its sender works. */
export interface Addressee {
  readonly endpoint: Endpoint;
  readonly provider: Provider;
}

/** Knows what stands behind `/in/`: a token, and after a slash a path where the provider has several. */
export interface Addresses {
  lookUp(address: string): Addressee | undefined;
  /** Where nothing is known at an address, waits until it is known whether another node has just made something there. */
  lookForNew(address: string): Promise<void>;
  /** Throws the plain 404 where nothing is there. */
  find(address: string): Addressee;
  /** The endpoint at an address, if it waits for its sender to be named: then any path may turn out to be right. */
  findPending(address: string): Endpoint | undefined;
  /** Whom a delivery is for that came to an endpoint's address before. */
  lookUpAgain(endpointId: string, delivery: Delivery): Addressee | undefined;
}

export interface AddressesParts {
  readonly settings: SettingsStore;
  readonly providers: ReadonlyMap<string, Provider>;
}

/** Milliseconds after which a sender may try again whose endpoint cannot be looked up. */
const RETRY_AFTER = 5_000;

export function createAddresses({ settings, providers }: AddressesParts): Addresses {
  const byToken = createTokenIndex(settings);

  function lookUp(address: string): Addressee | undefined {
    const [token = '', path, ...more] = address.split('/');
    const endpoint = byToken(token);
    const provider = endpoint && providers.get(endpoint.provider);
    const isPath = path === undefined || (more.length === 0 && provider?.paths?.includes(path));
    return provider && isPath ? { endpoint, provider } : undefined;
  }

  function findPending(address: string): Endpoint | undefined {
    const [token = '', ...path] = address.split('/');
    const endpoint = byToken(token);
    return endpoint && isPending(endpoint) && path.length < 2 ? endpoint : undefined;
  }

  return {
    lookUp,
    async lookForNew(address) {
      if (lookUp(address) || findPending(address)) return;
      await settings.look?.().catch((cause: unknown) => {
        throw new AppError(503, 'cannot_look_up', 'Bellhop cannot look up this endpoint now. Send it again later.', {
          cause,
          retryAfter: RETRY_AFTER,
        });
      });
    },
    find(address) {
      const found = lookUp(address);
      if (!found) throw notFound('This endpoint');
      return found;
    },
    findPending,
    lookUpAgain(endpointId, delivery) {
      const endpoint = settings.current.endpoints.find(({ id }) => id === endpointId);
      const found = endpoint && lookUp(addressIn(endpoint, delivery));
      return found && { ...found, endpoint };
    },
  };
}

/** The address a delivery came to, with what stood behind the token. */
function addressIn({ token }: Endpoint, { url }: Delivery): string {
  const [, path] = /\/in\/+[^/?]+\/+([^/?]+)/.exec(url) ?? [];
  return path ? `${token}/${path}` : token;
}

/** Looks endpoints up by the hash of their token, so that how long it takes says nothing about the token. */
function createTokenIndex(settings: SettingsStore): (token: string) => Endpoint | undefined {
  const index = (endpoints: readonly Endpoint[]) =>
    new Map(endpoints.map((endpoint) => [sha256(endpoint.token), endpoint]));
  let known = index(settings.current.endpoints);
  settings.onChange(({ endpoints }) => {
    known = index(endpoints);
  });
  return (token) => known.get(sha256(token));
}

function sha256(text: string): string {
  return hash('sha256', text, 'base64');
}
