import type { ToManifest } from '../cli/shared/verb.ts';
import { badRequest } from '../core/errors.ts';
import { toManifest } from '../platforms/slack/manifest.ts';
import type { Config } from './config.ts';

/** What chat services want to be told of Bellhop, by platform. */
export function createManifests({ PUBLIC_URL: publicUrl }: Config): ReadonlyMap<string, ToManifest> {
  return new Map([
    ['slack', ({ http }) => toManifest(http ? { mode: 'http', publicUrl: reachable() } : { mode: 'socket' })],
  ]);

  function reachable(): string {
    if (publicUrl?.startsWith('https:')) return publicUrl;
    throw badRequest(
      'Over HTTP Slack must reach Bellhop: set PUBLIC_URL to an `https` address, or leave `--http` out.',
    );
  }
}
