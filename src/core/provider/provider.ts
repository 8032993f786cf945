import type { Parsed } from '../delivery/delivery.ts';
import type { About } from '../event/about.ts';
import type { Follow } from '../event/follow.ts';
import type { MinorUnits } from '../text/money.ts';
import type { Answers } from './answers.ts';
import type { Handshake } from './handshake.ts';
import type { Happening } from './happening.ts';
import type { Recognition } from './recognize.ts';
import type { DeliveryLog, Recovery } from './recovery.ts';
import type { Signature } from './signature.ts';

/** A delivery whose event type is known. */
export interface Incoming extends Parsed {
  readonly type: string;
}

/** One reader for each part of what people should know. A reader that finds nothing, or throws, leaves its part out. */
export type AboutReaders = {
  readonly [Part in keyof About]?: (event: Incoming) => About[Part] | undefined;
};

/** A choice that an endpoint of this provider can make, given as `name=value` to `/webhook new`. */
export interface ProviderOption {
  readonly description: string;
  readonly choices?: readonly string[];
  /** The form of a free text, and what it should be to complete a sentence; any text when left out. */
  readonly pattern?: RegExp;
  readonly expected?: string;
}

/** Why options do not go together, and which of them to change. */
export interface OptionProblem {
  readonly option: string;
  readonly message: string;
}

/** Reads a delivery, given the options that its endpoint chose. A plain `Reader` will do where no option matters. */
export type EndpointReader = (delivery: Parsed, options?: Readonly<Record<string, string>>) => string | undefined;

/** Everything the relay needs to know about a service that sends webhooks. */
export interface Provider {
  readonly title: string;
  /** Other names people type for it. */
  readonly aliases?: readonly string[];
  /** Whether any service may send with it, so that messages name the endpoint in its place. */
  readonly anybody?: true;
  readonly docs: string;
  readonly signature: Signature;
  /** What else its deliveries are known by, for an endpoint whose sender nobody has named. Most need none. */
  readonly recognize?: Recognition;
  readonly handshake?: Handshake;
  /** How it is answered, where its senders read the answer; 202 and JSON when left out. */
  readonly answers?: Answers;
  /** What may stand behind the URL, after a slash, for another form of delivery. */
  readonly paths?: readonly string[];
  /**
   * Who makes the signing secret: we do and the person pastes it there, they do and the person gives it to us, or there is none.
   * A function where it depends on the endpoint's options.
   */
  readonly secret: SecretOrigin | ((options: Readonly<Record<string, string>>) => SecretOrigin);
  /** Whether it gives the secret by itself while it proves the URL, and may ask for it once. */
  readonly givesSecret?: true;
  /** Makes a secret in the form the provider expects; 32 random bytes in hex when left out. */
  readonly makeSecret?: () => string;
  readonly options?: Readonly<Record<string, ProviderOption>>;
  /** Why options that are each in order do not go together; nothing where they do. */
  readonly checkOptions?: (options: Readonly<Record<string, string>>) => OptionProblem | undefined;
  /** HTTP methods deliveries arrive by; POST when left out. */
  readonly methods?: readonly string[];
  /**
   * Where its events stand in a delivery that may hold several, such as `events.*` or `entry.*.changes|messaging.*`: each is an
   * event of its own, which all readers see as the only one in its list. A function where it takes a look at the delivery.
   */
  readonly events?: string | ((delivery: Parsed) => string | undefined);
  readonly eventType: EndpointReader;
  /** What the provider calls this delivery in its own log. */
  readonly deliveryId?: EndpointReader;
  /**
   * What tells one event from the next, read from nothing but what the signature covers; the delivery id when left out.
   * It is given where no signature covers the delivery id and hardly any two bodies are equal: then the same signed bytes
   * are the same event, whatever a header claims. Where bodies may recur, the id has to be believed.
   */
  readonly identity?: EndpointReader;
  /**
   * How long an equal delivery counts as a repeat, in seconds, where it depends by event type. Left out: seven days by
   * identity or delivery id, five minutes where neither tells (a sender may send the same body twice on purpose).
   */
  readonly repeatWindow?: number | ((type: string) => number | undefined);
  /** Why the body cannot be of the type that an unsigned header claims, as a clause; nothing when it can. */
  readonly contradicts?: (delivery: Parsed, type: string) => string | undefined;
  /** The largest body it sends, in bytes, as it documents; 5 MB when left out. */
  readonly bodyLimit?: number;
  /** How it counts money in the smallest unit, where that is not what ISO 4217 says. */
  readonly minorUnits?: MinorUnits;
  /** What people should know of an event, where it is known how to find it. The rest is read as any payload is. */
  readonly about: AboutReaders;
  /** How its subjects are followed where a route leaves that to us, and their kind says otherwise. */
  readonly follow?: Exclude<Follow, 'auto'>;
  /** Why this event is not worth posting, as a clause; nothing when it is. */
  readonly quiet?: (event: Incoming) => string | undefined;
  /**
   * Why it is too early to post this event, as a clause: its subject goes on. It is posted only where a route asks for a
   * message that changes as it goes on, with `follow=edit`.
   */
  readonly unfinished?: (event: Incoming) => string | undefined;
  /**
   * What people in a channel may see of an event that not everybody may read at the provider: its payload without the texts
   * that are confidential. Nothing where everybody may. No template sees what it leaves out.
   */
  readonly discreet?: (event: Incoming) => unknown;
  /** What it has in common with other events about the same happening; nothing for an event that stands alone. */
  readonly happening?: (event: Incoming) => Happening | undefined;
  /** Where it shows what it delivered, and what failed. */
  readonly deliveryLog?: DeliveryLog;
  /** How deliveries that failed are fetched from it, where it keeps them. */
  readonly recovery?: Recovery;
  /** Markdown steps that say where to paste {{url}} and {{secret}}. */
  readonly setup: string;
  /** A shell command of one line that delivers something to try it, with {{url}} and {{secret}}, signed as the endpoint's options say. */
  readonly trial?: (options: Readonly<Record<string, string>>) => string;
  /** How sure we are of the signature: read in the vendor's own code or documents, or reported by others. */
  readonly evidence: 'vendor' | 'community';
  /** The sample that shows it best, by its file's name; the first one when left out. */
  readonly sample?: string;
}

/** The provider that takes deliveries of any sender. */
export const ANY_SENDER = 'generic';

export type SecretOrigin = 'ours' | 'theirs' | 'none';

/** Declares a provider. The file that calls this names it: `github.ts` is `github`. */
export function defineProvider(provider: Provider): Provider {
  return Object.freeze(provider);
}

/** What messages call whoever sent an event: its provider, or its endpoint where any service may send. */
export function senderName(
  provider: Provider | undefined,
  { name, endpointName }: { readonly name: string; readonly endpointName: string },
): string {
  return provider?.anybody ? endpointName : (provider?.title ?? name);
}

/** Whether an endpoint of this provider cannot verify anything until somebody gives it a secret. */
export function asksForSecret(provider: Provider, options: Readonly<Record<string, string>> = {}): boolean {
  return secretOrigin(provider, options) === 'theirs' && !provider.givesSecret;
}

export function secretOrigin(provider: Provider, options: Readonly<Record<string, string>>): SecretOrigin {
  return typeof provider.secret === 'function' ? provider.secret(options) : provider.secret;
}
