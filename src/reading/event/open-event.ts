import { parseDelivery } from '../../core/delivery/parse-delivery.ts';
import type { About } from '../../core/event/about.ts';
import type { HookEvent } from '../../core/event/event.ts';
import { defineView } from '../../core/lazy-parts.ts';
import type { Happening } from '../../core/provider/happening.ts';
import type { AboutReaders, Incoming, Provider } from '../../core/provider/provider.ts';
import { noMask, type SecretMask } from '../../core/settings/secret-mask.ts';
import { cleanEvent } from '../clean-event.ts';
import { guessAbout } from '../guess-about.ts';
import { hideRepeatedSecrets } from '../payload/hide-repeated-secrets.ts';
import { lazily } from '../readings/lazily.ts';
import { tidyPart } from './tidy-part.ts';

/** An event as it may be shown, whose parts are read when somebody first asks for them. */
export interface OpenEvent {
  readonly incoming: Incoming;
  /** It has all parts: one that the event does not say is undefined. */
  readonly about: About;
  readonly quiet: string | undefined;
  readonly unfinished: string | undefined;
  readonly happening: Happening | undefined;
}

/** Opens an event. A payload of a strange shape is never an error: what a reader cannot find is left out or guessed. */
export function openEvent(event: HookEvent, provider: Provider | undefined, mask: SecretMask = noMask): OpenEvent {
  const clean: Incoming = cleanEvent(event, mask, hideRepeatedSecrets);
  const sender = provider?.title ?? event.provider;
  const { handshake, edited } = event.verification;
  if (handshake !== undefined) {
    const said: About = { title: `${sender}: a handshake, answered with ${handshake}`, severity: 'info' };
    const quiet = 'it is a handshake, and says nothing';
    return {
      incoming: clean,
      about: toAbout((name) => said[name]),
      quiet,
      unfinished: undefined,
      happening: undefined,
    };
  }
  const shown = provider?.discreet && discreetOf(clean, provider.discreet);
  const incoming: Incoming = shown ? parseDelivery(clean, () => shown.payload) : clean;
  // Its readers see the first event of a list, and what stands for the rest of a batch is many.
  const { about = {}, quiet, unfinished, happening }: Partial<Provider> = event.part?.rest ? {} : (provider ?? {});
  const known: Partial<About> = { ...(edited && { edited }), ...(shown && { confidential: true }) };
  const find = createFinder(incoming, about);
  return {
    incoming,
    about: toAbout((name) => {
      // It happened when somebody sent it, whatever the event says that it was made of.
      if (edited && (name === 'occurredAt' || name === 'sequence')) return undefined;
      return known[name] ?? find(name) ?? (name === 'title' ? `${sender}: ${event.type}` : undefined);
    }),
    quiet: attempt(() => quiet?.(incoming)),
    unfinished: attempt(() => unfinished?.(incoming)),
    happening: attempt(() => happening?.(incoming)),
  };
}

type Find = (name: keyof About) => About[keyof About];

/** Finds the parts of an about by what a provider says of them, and by what their names let one guess. */
function createFinder(incoming: Incoming, readers: AboutReaders): Find {
  const worry = lazily(() => complain(incoming));
  const guess = lazily(() => attempt(() => guessAbout(incoming.payload, incoming.type)));
  return (name) => {
    const known =
      worry()[name] ??
      tidyPart(
        name,
        attempt(() => readers[name]?.(incoming)),
      );
    // A provider that names its title has described all that it knows.
    if (known !== undefined || (readers.title && name !== 'title')) return known;
    return tidyPart(name, guess()?.[name]);
  };
}

type LazyAbout = { readonly [Name in keyof About]-?: About[Name] | undefined };

const finders = {
  title: ask('title'),
  url: ask('url'),
  source: ask('source'),
  actor: ask('actor'),
  subject: ask('subject'),
  state: ask('state'),
  severity: ask('severity'),
  occurredAt: ask('occurredAt'),
  sequence: ask('sequence'),
  labels: ask('labels'),
  part: ask('part'),
  confidential: ask('confidential'),
  edited: ask('edited'),
};
const view = defineView<LazyAbout, Find>(finders);

export const aboutParts = Object.keys(finders) as readonly (keyof About)[]; // They name the parts of an about.

/** An about whose parts are looked for when somebody asks, each once. */
function toAbout(find: Find): About {
  return view(find) as About; // What an event does not say is undefined in place of absent.
}

/** The same about under another title. */
export function withTitle(about: About, title: () => string): About {
  return toAbout((name) => (name === 'title' ? title() : about[name]));
}

function ask<Name extends keyof About>(name: Name): (find: Find) => About[Name] | undefined {
  return (find) => find(name) as About[Name] | undefined; // Whoever finds a part knows its type.
}

/** What may be shown of a confidential event. Where that cannot be said, nothing may. */
function discreetOf(
  incoming: Incoming,
  discreet: NonNullable<Provider['discreet']>,
): { readonly payload: unknown } | undefined {
  try {
    const payload = discreet(incoming);
    return payload === undefined ? undefined : { payload };
  } catch {
    return { payload: {} };
  }
}

/** How data begins, and hardly any text. */
const DATA = /^[\s\uFFFD]*(?:\{\s*["'}]|\{\s*$|\[\s*[[{"'\d\]]|\[\s*$|<[?!\w/])/;

/** What is said in place of a title where the body is not what it claims to be, and looks like nothing people read. */
function complain({ payload, problem }: Incoming): Partial<About> {
  const legible = typeof payload === 'object' || (typeof payload === 'string' && !DATA.test(payload));
  return problem === undefined || legible ? {} : { title: problem.replace(/\.$/, ''), severity: 'warning' };
}

/** A reader that meets a shape it did not expect finds nothing. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
