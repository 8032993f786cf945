import { AppError } from '../../core/errors.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { Endpoint } from '../../core/settings/endpoint.ts';
import { isPending } from '../../core/settings/pending.ts';

/** The provider of an endpoint. Throws `AppError` when this installation does not have it. */
export function providerOf({ name, provider }: Endpoint, providers: ReadonlyMap<string, Provider>): Provider {
  const found = providers.get(provider);
  if (found) return found;
  if (isPending({ provider }))
    throw new AppError(409, 'pending', `Say first who sends to \`${name}\`: \`/webhook sender ${name}\`.`);
  throw new AppError(
    409,
    'unknown_provider',
    `\`${name}\` accepts webhooks from \`${provider}\`, a provider that this Bellhop does not know.`,
  );
}
