import type { AuditLog } from '../event/audit.ts';
import type { EventStore } from '../event/event.ts';
import type { PostStore } from '../event/post.ts';
import type { RefusalStore } from '../event/refusal.ts';
import type { BodyIndex } from '../event/searching/body-index.ts';
import type { Place } from '../settings/channel.ts';
import type { Endpoint } from '../settings/endpoint.ts';
import type { Mute } from '../settings/mute.ts';
import type { Person } from '../settings/person.ts';

/**
 * What a caller may know: the endpoints that are theirs, those that lead to a channel they see, and for admins all. What
 * they may not know does not exist for them. Throws `AppError` where nobody can say.
 */
export interface View {
  /** By name, each with the routes that the caller may know of. Leaves out what nobody can say at the moment; the reply then says so. */
  endpoints(): Promise<readonly Endpoint[]>;
  /** The endpoint of an id or a name. */
  lookUp(typed: string): Promise<Endpoint | undefined>;
  /** The endpoint somebody means. Throws `OptionError` with the nearest name when there is none. */
  find(typed: string): Promise<Endpoint>;
  /** The people list, which everybody may know. */
  people(): readonly Person[];
  /** The mutes of one endpoint or of all. */
  mutes(endpointId?: string): Promise<readonly Mute[]>;
  /** Whether the caller may know what goes to a channel. */
  sees(place: Place): Promise<boolean>;
}

/** The journal as far as a caller may know it. Commands write nothing to it themselves. */
export interface VisibleJournal {
  readonly events: Pick<EventStore, 'get' | 'getWithPosts' | 'whole' | 'list' | 'summaries' | 'secretUse' | 'hiddenBy'>;
  readonly posts: Pick<PostStore, 'list'>;
  readonly bodies: Pick<BodyIndex, 'coverage'>;
  /** A proof is found only for who owns the endpoint: what it holds would tell others whether a secret is right. */
  readonly refusals: Pick<RefusalStore, 'list' | 'get' | 'proof' | 'proven'>;
  readonly audit: Pick<AuditLog, 'list'>;
}
