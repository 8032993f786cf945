import type { Platform, PlatformHealth } from '../core/platform/platform.ts';

/** How a platform is, as the page shows it. */
export interface PlatformState extends PlatformHealth {
  readonly name: string;
  readonly title: string;
}

export function toPlatformStates(platforms: ReadonlyMap<string, Platform>): readonly PlatformState[] {
  return [...platforms.values()].map(({ name, title, health }) => ({ name, title, ...health() }));
}

/** Looks at the platforms whenever it is called, and sends their states if one has changed. */
export function createStateFeed(
  platforms: ReadonlyMap<string, Platform>,
  send: (states: readonly PlatformState[]) => void,
): () => Promise<void> {
  let last: string | undefined;
  return async () => {
    const states = toPlatformStates(platforms);
    const now = JSON.stringify(states);
    if (now !== last) send(states);
    last = now;
  };
}
