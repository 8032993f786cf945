import type { Clock } from '../../core/clock.ts';
import type { EditDesk, Edition } from '../../core/command/desks/edit-desk.ts';
import { type Caller, owns } from '../../core/command/permission.ts';
import type { Delivery } from '../../core/delivery/delivery.ts';
import { parseDelivery } from '../../core/delivery/parse-delivery.ts';
import { AppError, badRequest } from '../../core/errors.ts';
import type { StoredEvent } from '../../core/event/event.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { Log } from '../../core/log.ts';
import type { Endpoint } from '../../core/settings/endpoint.ts';
import type { SettingsStore } from '../../core/settings/settings.ts';
import { MASK } from '../../core/text/mask-secrets.ts';
import { createChanges } from '../commands/create-changes.ts';
import type { Receiver } from '../receive.ts';

export interface EditDeskParts {
  readonly settings: SettingsStore;
  readonly journal: Pick<Journal, 'audit'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly receiver: Pick<Receiver, 'bodyLimit' | 'takeEdited'>;
}

const HEADERS = { most: 100, bytes: 16_384 } as const;
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const MEGABYTE = 1024 * 1024;

export function createEditDesk({ settings, journal, clock, log, receiver }: EditDeskParts): EditDesk {
  const changesOf = createChanges({ settings, journal, clock, log });

  return {
    async send(event, edition, caller) {
      const endpoint = endpointOf(event, settings);
      checkOwner(endpoint, caller);
      if (event.verification.handshake !== undefined)
        throw new AppError(409, 'handshake', `Event \`${event.id}\` is a handshake, which is never posted.`);
      checkSize(edition, endpoint, await receiver.bodyLimit(endpoint.token));
      const delivery = toDelivery(event, edition, clock.now());
      const { problem } = parseDelivery(delivery);
      // What came broken may be sent broken.
      if (problem !== undefined && parseDelivery({ ...event, url: '' }).problem === undefined)
        throw new AppError(422, 'unreadable', problem);

      const { id, name } = endpoint;
      const change = { action: 'edit', endpointId: id, detail: `edited event ${event.id} and sent it again` };
      const outcome = await changesOf(caller).record(change, async () => {
        const taken = await receiver.takeEdited(id, delivery, { of: event.id, by: caller.userName });
        if (taken.outcome === 'kept') return taken;
        throw new AppError(422, 'refused', `\`${name}\` did not take it: ${taken.reason}.`);
      });
      return outcome.eventIds;
    },
  };
}

function endpointOf({ id: eventId, endpointId }: StoredEvent, { current }: SettingsStore): Endpoint {
  const endpoint = current.endpoints.find(({ id }) => id === endpointId);
  if (endpoint) return endpoint;
  throw new AppError(
    409,
    'no_endpoint',
    `The endpoint of event \`${eventId}\` was deleted, so nothing can be sent to it.`,
  );
}

function checkOwner(endpoint: Endpoint, caller: Caller): void {
  if (!owns(caller, endpoint))
    throw new AppError(
      403,
      'forbidden',
      `Only an owner of \`${endpoint.name}\` or an admin may send it an edited event.`,
    );
}

function checkSize({ text, headers }: Edition, { name }: Endpoint, limit: number): void {
  const size = Buffer.byteLength(text);
  const said = (bytes: number) => `${(bytes / MEGABYTE).toFixed(1)} MB`;
  if (size > limit)
    throw new AppError(
      413,
      'too_large',
      `The body has ${said(size)}; \`${name}\` takes ${said(limit)} at most. Shorten it.`,
    );
  const entries = Object.entries(headers);
  if (entries.length > HEADERS.most || Buffer.byteLength(JSON.stringify(entries)) > HEADERS.bytes)
    throw new AppError(
      413,
      'too_large',
      `There are too many headers, or they are too long: at most ${HEADERS.most}, and 16 KB in total. Remove some.`,
    );
  for (const [header, value] of entries)
    if (!HEADER_NAME.test(header) || /\p{Cc}/u.test(value))
      throw badRequest(`\`${header.slice(0, 50)}\` cannot be sent as a header: a name is one word, a value one line.`);
}

/** A masked header would say what no sender says; a text is sent as UTF-8, whatever its bytes were before. */
function toDelivery({ method, query }: StoredEvent, { text, headers }: Edition, now: Date): Delivery {
  const kept = Object.entries(headers).filter(([name, value]) => value !== MASK && name !== 'content-encoding');
  const written = kept.map(([name, value]) => [
    name.toLowerCase(),
    name.toLowerCase() === 'content-type' ? value.replace(/charset=[^;\s]+/i, 'charset=utf-8') : value,
  ]);
  return {
    method,
    url: '',
    query,
    headers: Object.fromEntries(written),
    body: Buffer.from(text),
    receivedAt: now,
    remoteAddress: '127.0.0.1',
  };
}
