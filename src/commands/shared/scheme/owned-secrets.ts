import type { CommandParts } from '../../../core/command/command.ts';
import { type Caller, owns } from '../../../core/command/permission.ts';
import { activeSecrets, type Endpoint } from '../../../core/settings/endpoint.ts';

/** A secret that may have signed something, and whose it is. */
export interface OwnedSecret {
  readonly value: string;
  /** Nothing for one that the caller typed. */
  readonly endpoint?: Pick<Endpoint, 'id' | 'name'>;
}

/** What the caller typed, the secrets of the endpoint, and those of other endpoints that are the caller's as well; each once. */
export async function ownedSecrets(
  { typed, endpoint }: { readonly typed: string | undefined; readonly endpoint: Endpoint | undefined },
  caller: Caller,
  { view, clock }: CommandParts,
): Promise<readonly OwnedSecret[]> {
  const now = clock.now();
  const others = (await view.endpoints()).filter((other) => owns(caller, other) && other.id !== endpoint?.id);
  const all: readonly OwnedSecret[] = [
    ...(typed ? [{ value: typed }] : []),
    ...[...(endpoint ? [endpoint] : []), ...others].flatMap((each) =>
      activeSecrets(each, now).map(({ value }) => ({ value, endpoint: { id: each.id, name: each.name } })),
    ),
  ];
  return all.filter(({ value }, index) => all.findIndex((other) => other.value === value) === index);
}
