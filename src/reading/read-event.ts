import type { About } from '../core/event/about.ts';
import type { HookEvent } from '../core/event/event.ts';
import { defineParts } from '../core/lazy-parts.ts';
import type { Severity } from '../core/message/severity.ts';
import type { Happening } from '../core/provider/happening.ts';
import type { Incoming, Provider } from '../core/provider/provider.ts';
import type { SecretMask } from '../core/settings/secret-mask.ts';
import { aboutParts, type OpenEvent, openEvent } from './event/open-event.ts';

/** An event made readable, and what its provider says it is about. */
export interface ReadEvent {
  readonly incoming: Incoming;
  /** Its title is looked for when it is first asked for: most templates say their own. */
  readonly about: About;
  /** The same without the title. */
  readonly parts: Omit<About, 'title'>;
  readonly quiet: string | undefined;
  readonly unfinished: string | undefined;
  readonly happening: Happening | undefined;
}

/** Reads an event as it may be shown. A payload of a strange shape is never an error: what a reader cannot find is left out or guessed. */
export function readEvent(event: HookEvent, provider: Provider | undefined, mask?: SecretMask): ReadEvent {
  return readWhole(openEvent(event, provider, mask));
}

/** Reads all parts of an opened event, but the title. */
export function readWhole({ about, ...open }: OpenEvent): ReadEvent {
  const names = aboutParts.filter((name) => name !== 'title');
  const found = names.map((name) => [name, about[name]] as const).filter(([, value]) => value !== undefined);
  const parts: ReadEvent['parts'] = Object.fromEntries(found);
  return { ...open, parts, about: addTitle(parts, () => about.title) };
}

/** An event as it was read, with a severity that a rule gave it. */
export function withSeverity(read: ReadEvent, severity: Severity): ReadEvent {
  const parts = { ...read.parts, severity };
  return { ...read, parts, about: addTitle(parts, () => read.about.title) };
}

const addTitle = defineParts<Pick<About, 'title'>, () => string>({ title: (find) => find() });
