import { parseDelivery } from '../../core/delivery/parse-delivery.ts';
import type { HookEvent } from '../../core/event/event.ts';
import type { Provider } from '../../core/provider/provider.ts';
import { channelLabel } from '../../core/settings/channel.ts';
import type { Endpoint } from '../../core/settings/endpoint.ts';
import { toCondition } from '../../filter/to-condition.ts';
import type { ReadEvent } from '../../reading/read-event.ts';
import type { EventComposer } from '../compose-event.ts';
import { type Recorded, recordReads } from './record-reads.ts';

/** The fields of a payload that something uses, and what uses each, in words, the fields near the top first. */
export type UsedFields = ReadonlyMap<string, readonly string[]>;

export interface UseParts {
  readonly provider: Provider | undefined;
  readonly endpoint: Endpoint | undefined;
  readonly make: EventComposer['make'];
}

/** Fields that are watched of one kind of event. */
const MOST = 150;

/** Which fields the about, the template and the conditions of an event use: those that they read of it. */
export function usedFields(event: HookEvent, read: ReadEvent, { provider, endpoint, make }: UseParts): UsedFields {
  const uses = new Map<string, Set<string>>();
  const note = (path: string, use: string) => {
    const names = path.split('.');
    for (let length = 1; length <= names.length; length++) {
      const place = names.slice(0, length).join('.');
      const known = uses.get(place);
      if (known) known.add(use);
      else if (uses.size < MOST) uses.set(place, new Set([use]));
    }
  };
  const record = (use: (incoming: ReadEvent['incoming']) => string | undefined) => {
    const recorded: Recorded = recordReads(read.incoming.payload);
    const name = attempt(() => use(parseDelivery(read.incoming, () => recorded.payload)));
    if (name !== undefined) for (const path of recorded.paths()) note(path, name);
  };

  for (const { text, name } of conditionsOf(endpoint))
    for (const path of toCondition(text).paths) note(path.replace(/^payload\./, ''), name);
  for (const [part, reader] of Object.entries(provider?.about ?? {}))
    record((incoming) => {
      reader?.(incoming);
      return `\`about.${part}\``;
    });
  record((incoming) => {
    const { template, origin } = make(event, { read: { ...read, incoming } });
    // Without a template a message shows whatever there is.
    return origin.kind === 'generic' ? undefined : `the template \`${template}\``;
  });
  const inOrder = [...uses].toSorted(([a], [b]) => a.split('.').length - b.split('.').length);
  return new Map(inOrder.map(([path, names]) => [path, [...names]]));
}

function conditionsOf(endpoint: Endpoint | undefined): readonly { readonly text: string; readonly name: string }[] {
  const { routes = [], rules = [] } = endpoint ?? {};
  return [
    ...routes.flatMap(({ when, filter, channelName }) =>
      [when, filter].flatMap((text) =>
        text === undefined ? [] : [{ text, name: `the filter of ${channelLabel(channelName)}` }],
      ),
    ),
    ...rules.map(({ id, when }) => ({ text: when, name: `the rule \`${id}\`` })),
  ];
}

/** A reader or template that fails says so where it is used. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
