import type { Form, Option } from '../../core/command/command.ts';
import type { Permission } from '../../core/command/permission.ts';
import type { About } from '../../core/event/about.ts';
import type { Decision } from '../../core/event/decision.ts';
import type { EventPart, EventState } from '../../core/event/event.ts';
import type { Deed } from '../../core/event/handling.ts';
import type { PostState } from '../../core/event/post.ts';
import type { Phase } from '../../core/event/subject.ts';
import type { Drawing } from '../../core/message/drawing.ts';
import type { Message } from '../../core/message/message.ts';

/** What Bellhop's API sends to the page. Times are ISO 8601. */
export interface Session {
  readonly user: { readonly id: string; readonly name: string };
  readonly publicUrl: string;
  readonly version: string;
  readonly platforms: readonly PlatformState[];
}

/** The address at which providers reach Bellhop. */
export interface AddressState {
  readonly url: string;
  readonly setBy: 'environment' | 'admin' | 'nobody';
  /** Why providers cannot reach it, and what to do. */
  readonly advice?: string;
  readonly tunnel?: { readonly title: string; readonly url: string };
}

export interface PlatformState {
  readonly name: string;
  readonly title: string;
  readonly ready: boolean;
  readonly detail: string;
}

/** One message with the very payloads that each platform would be sent. */
export interface Drawable {
  readonly text: string;
  readonly message?: Message;
  readonly drawings?: Drawing['drawings'];
}

export interface ChatMessage extends Drawable {
  readonly id: string;
  readonly thread?: string | null;
  readonly postedAt: string;
  readonly editedAt?: string | null;
}

export interface CommandReply extends Drawable {
  readonly visibleTo: 'caller' | 'channel';
  readonly form?: FormDescription | null;
  readonly data?: unknown;
}

/** A form as the API describes it. */
export interface FormDescription extends Omit<Form, 'fields'> {
  readonly fields?: readonly OptionDescription[] | null;
}

export interface CommandDescription {
  readonly name: string;
  readonly summary: string;
  readonly help?: string | null;
  readonly examples: readonly string[];
  readonly permission: Permission;
  readonly options: readonly OptionDescription[];
}

/** A command's option; what does not apply is absent, false or null. */
export type OptionDescription = {
  readonly [Key in Exclude<keyof Option, 'type' | 'description'>]?: Option[Key] | false | null;
} & { readonly name: string; readonly type: Option['type']; readonly description: string };

export interface Endpoint {
  readonly id: string;
  readonly name: string;
  readonly provider: string;
  readonly providerTitle?: string;
  readonly url: string;
  readonly routes: readonly EndpointRoute[];
  readonly owners: readonly string[];
  readonly createdAt: string;
  /** Where nobody has said yet who sends. */
  readonly pending?: { readonly held: number; readonly until: string };
}

/** What goes on at an endpoint. */
export interface Activity {
  readonly endpoint: string;
  readonly last: EventSummary | null;
  /** Milliseconds from one event to the next, usually. */
  readonly every: number | null;
  readonly refused: number;
  readonly mutes: number;
}

/** Deliveries that an endpoint refused for the same reason. */
export interface RefusedTally {
  readonly endpoint: string;
  readonly reason: string;
  readonly status: number;
  readonly count: number;
  readonly lastId: string;
  readonly lastAt: string;
}

export interface MuteEntry {
  readonly id: string;
  readonly endpoint: string;
  readonly holds: string;
  readonly times: string;
  readonly until: string | null;
  readonly paused: boolean;
  readonly reason: string | null;
  readonly by: string;
  readonly createdAt: string;
  readonly held: number;
}

export interface AuditEntry {
  readonly id: string;
  readonly at: string;
  readonly by: string;
  readonly byName: string;
  readonly from: string | null;
  readonly action: string;
  readonly endpoint: string | null;
  readonly detail: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** A sender that Bellhop knows. */
export interface ProviderEntry {
  readonly name: string;
  readonly title: string;
  readonly aliases: readonly string[];
  readonly signature: string;
  readonly evidence: 'vendor' | 'community';
  readonly secret: 'ours' | 'theirs' | 'none';
  readonly handshake: boolean;
  readonly samples: number;
  readonly docs: string;
}

export interface ProviderDetail extends ProviderEntry {
  readonly setup: string;
  readonly secretForm: string | null;
  readonly options: readonly { readonly name: string; readonly description: string }[];
}

export interface EndpointRoute {
  readonly id: string;
  readonly platform: string;
  readonly channel: string;
  readonly channelName: string;
}

export interface EventSummary {
  readonly id: string;
  readonly deliveryId: string;
  readonly endpoint: string;
  readonly provider: string;
  readonly type: string;
  readonly about?: About | null;
  readonly state: EventState;
  readonly receivedAt: string;
  /** Which event of its delivery it is, where that holds several. */
  readonly part?: EventPart | null;
}

export interface EventDetail extends EventSummary {
  readonly method: string;
  readonly headers: Headers;
  readonly query: Headers;
  readonly remoteAddress: string;
  readonly verification?: { readonly secretId?: string; readonly age?: number; readonly handshake?: number } | null;
  readonly body: {
    readonly text?: string | null;
    readonly base64?: string | null;
    readonly size: number;
    readonly contentType?: string | null;
  };
  readonly decision?: Decision | null;
  readonly posts: readonly EventPost[];
  readonly subject?: EventSubject | null;
  readonly curl?: string | null;
}

/** What people did about what an event is about. */
export interface EventSubject {
  readonly key: string;
  readonly phase: Phase | null;
  readonly alarm: boolean;
  readonly acknowledged: EventDeed | null;
  readonly resolved: EventDeed | null;
  readonly notes: readonly (EventDeed & { readonly text: string })[];
}

export type EventDeed = Pick<Deed, 'byName' | 'on' | 'at'>;

export type Headers = Readonly<Record<string, string | readonly string[]>>;

export interface EventPost {
  readonly id: string;
  readonly platform: string;
  readonly channelName: string;
  /** The message that shows it, as its platform names it. */
  readonly message?: string | null;
  readonly link?: string | null;
  readonly state: PostState;
  readonly attempts: number;
  readonly error?: string | null;
  readonly createdAt: string;
  readonly settledAt?: string | null;
}

export interface Refusal {
  readonly id: string;
  readonly endpoint: string;
  readonly at: string;
  readonly reason: string;
  readonly status: number;
  readonly method: string;
  readonly headers: Headers;
  readonly remoteAddress: string;
  readonly size: number;
  readonly bodyText?: string | null;
}

export interface Gallery {
  readonly providers: readonly { readonly name: string; readonly title: string; readonly samples: number }[];
  readonly samples: readonly GallerySample[];
}

/** What a template makes of the sample it was written against. */
export interface GallerySample extends Drawable {
  readonly provider: string;
  readonly sample: string;
  readonly type: string;
  readonly template: string;
  readonly problems: readonly { readonly template: string; readonly message: string }[];
}
