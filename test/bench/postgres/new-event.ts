import { randomBytes } from 'node:crypto';
import type { NewEvent } from '../../../src/core/event/event.ts';
import { aPullRequest } from '../pull-request.ts';

export const BODY = Buffer.from(JSON.stringify(aPullRequest()));

/** A delivery as the journal is given it, never the same twice. */
export function aNewEvent(different: Partial<NewEvent> = {}): NewEvent {
  return {
    endpointId: 'endpoint-7',
    provider: 'github',
    type: 'pull_request',
    deliveryId: randomBytes(16).toString('hex'),
    repeatWindow: 3600,
    verification: { secretId: 'first' },
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'pull_request',
      'user-agent': 'GitHub-Hookshot/0',
    },
    query: {},
    body: BODY,
    receivedAt: new Date(),
    remoteAddress: '192.0.2.1',
    ...different,
  };
}
