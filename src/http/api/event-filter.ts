import { z } from 'zod';
import { type EventQuery, eventStates } from '../../core/event/event.ts';
import { severities } from '../../core/message/severity.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { endpointNamed } from './endpoint-named.ts';
import { eventIdShape } from './shapes.ts';

/** What events are looked for by, in a list of them and where many are replayed. */
export const eventFilterShape = z.object({
  endpoint: z.string().optional(),
  state: z.enum(eventStates).optional(),
  source: z.string().optional(),
  subject: z.string().optional(),
  type: z.string().optional(),
  severity: z.enum(severities).optional(),
  actor: z.string().max(200).optional().describe('Who caused it, exactly as its list shows them.'),
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
  q: z
    .string()
    .max(200)
    .optional()
    .describe('Words of title, source, actor, subject, type or delivery id, or their beginnings.'),
  body: z
    .string()
    .max(200)
    .optional()
    .describe('Words of the body; `inv*` stands for all that begin so. Masked secrets are not found.'),
  batch: eventIdShape.optional().describe('Only the events of one delivery: the `batch` of their part.'),
});

/** Throws `AppError` where it names an endpoint that does not exist. */
export function toEventQuery(
  { endpoint: name, since, until, ...filter }: z.infer<typeof eventFilterShape>,
  settings: Settings,
): Omit<EventQuery, 'limit'> {
  const endpoint = endpointNamed(name, settings);
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value));
  return {
    ...given,
    ...(since && { since: new Date(since) }),
    ...(until && { until: new Date(until) }),
    ...(endpoint && { endpointId: endpoint.id }),
  };
}
