import type { Generated } from 'kysely';
import type { EventState } from '../../core/event/event.ts';
import type { PostState } from '../../core/event/post.ts';

/** The journal's tables. Times are milliseconds since 1970; what ends in `_json` is JSON text. */
export interface Tables {
  readonly events: EventTable;
  readonly batches: BatchTable;
  readonly undecided: UndecidedTable;
  readonly decisions: DecisionTable;
  /** Its columns are the search index's own. */
  readonly search: object;
  /** Its columns are the body index's own. */
  readonly body_search: object;
  /** Whose bodies are in `body_search`, and how many bytes of words each has there. */
  readonly body_sizes: { readonly event_id: number; readonly size: number };
  readonly secret_uses: { readonly endpoint_id: string; readonly secret_id: string; readonly used_at: number };
  readonly posts: PostTable;
  readonly subjects: SubjectTable;
  readonly handlings: HandlingTable;
  readonly roll_ups: RollUpTable;
  /** Endpoints that are silent, since when. */
  readonly silences: { readonly endpoint_id: string; readonly since: number };
  readonly responses: ResponseTable;
  readonly post_counts: { readonly state: PostState; readonly total: number };
  readonly refusals: RefusalTable;
  readonly proofs: ProofTable;
  readonly held: HeldTable;
  readonly audit: AuditTable;
  readonly local_messages: LocalMessageTable;
  readonly local_channels: { readonly channel: string };
  readonly read_marks: ReadMarkTable;
  readonly pulse: { readonly id: number; readonly at: number; readonly ballast: Uint8Array };
  readonly migrations: { readonly id: number; readonly name: string; readonly applied_at: number };
}

/** A refused delivery as it came, sealed. */
export interface ProofTable {
  readonly refusal_id: number;
  readonly endpoint_id: string;
  readonly at: number;
  readonly sealed: Uint8Array;
}

/** A delivery to a pending endpoint as it came, sealed. */
export interface HeldTable {
  readonly id: Generated<number>;
  readonly endpoint_id: string;
  readonly at: number;
  readonly size: number;
  readonly sealed: Uint8Array;
}

export interface UndecidedTable {
  readonly event_id: number;
  /** Where the journal comes from a backup: since when the event may have been posted all the same. */
  readonly perhaps_posted_since: number | null;
}

export interface EventTable {
  readonly id: Generated<number>;
  readonly endpoint_id: string;
  readonly provider: string;
  readonly type: string;
  readonly delivery_id: string;
  readonly received_at: number;
  readonly method: string;
  readonly remote_address: string;
  readonly verification_json: string;
  readonly query_json: string;
  readonly headers_json: string;
  readonly body: Uint8Array;
  readonly repeat_key: string | null;
  /** What it came in where it is one of several. Headers and body are there; here both are empty. */
  readonly batch_id: number | null;
  readonly part_place: string | null;
  /** An `EventPart` without its batch. */
  readonly part_json: string | null;
}

/** Deliveries of several events. */
export interface BatchTable {
  readonly id: Generated<number>;
  readonly endpoint_id: string;
  readonly repeat_key: string;
  readonly received_at: number;
  readonly headers_json: string;
  readonly body: Uint8Array;
}

/** Endpoint and type are repeated here so that one index serves each way of listing. */
export interface DecisionTable {
  readonly event_id: number;
  readonly endpoint_id: string;
  readonly type: string;
  readonly state: EventState;
  readonly source: string | null;
  readonly subject: string | null;
  readonly decided_at: string;
  /** The about without its labels: what a list shows. */
  readonly about_json: string;
  readonly decision_json: string;
  readonly labels_json: string | null;
}

export interface PostTable {
  readonly id: Generated<number>;
  readonly event_id: number | null;
  readonly endpoint_id: string | null;
  readonly route_id: string | null;
  readonly mute_id: string | null;
  readonly platform: string;
  readonly channel: string;
  readonly channel_name: string;
  readonly state: PostState;
  readonly replay: number;
  readonly refresh: Generated<number>;
  readonly attempts: number;
  readonly error: string | null;
  readonly ref_channel: string | null;
  readonly ref_id: string | null;
  readonly left_out_json: string | null;
  readonly template: string | null;
  readonly created_at: number;
  readonly first_attempt_at: number | null;
  readonly settled_at: number | null;
  readonly message_json: string | null;
  readonly thread: string | null;
  readonly plan_json: string | null;
  /** What it is named by on its platform; where it is null, its number says it. */
  readonly nonce: string | null;
}

export interface SubjectTable {
  readonly id: Generated<number>;
  readonly platform: string;
  readonly channel: string;
  readonly endpoint_id: string;
  readonly subject: string;
  readonly record_json: string;
  readonly noted_at: number;
}

export interface HandlingTable {
  readonly id: Generated<number>;
  readonly endpoint_id: string;
  readonly subject: string;
  readonly record_json: string;
  readonly noted_at: number;
}

export interface RollUpTable {
  readonly id: Generated<number>;
  readonly platform: string;
  readonly channel: string;
  readonly endpoint_id: string;
  readonly source: string;
  readonly record_json: string;
  readonly calm: number;
  readonly noted_at: number;
}

/** What people did about events: of each person one use, and one vote. */
export interface ResponseTable {
  readonly event_id: number;
  readonly by: string;
  readonly vote: number;
  readonly kind: 'use' | 'up' | 'down';
  readonly at: number;
}

export interface RefusalTable {
  readonly id: Generated<number>;
  readonly endpoint_id: string;
  readonly at: number;
  readonly reason: string;
  readonly status: number;
  readonly method: string;
  readonly remote_address: string;
  readonly headers_json: string;
  readonly body: Uint8Array;
}

export interface AuditTable {
  readonly id: Generated<number>;
  readonly at: number;
  readonly by: string;
  readonly by_name: string;
  readonly asked_in: string | null;
  readonly action: string;
  readonly endpoint_id: string | null;
  readonly detail: string;
  readonly before_text: string | null;
  readonly after_text: string | null;
}

/** How far somebody has read. The mark without a channel counts for all in which they have none. */
export interface ReadMarkTable {
  readonly reader: string;
  readonly channel: string;
  readonly message_id: number;
}

export interface LocalMessageTable {
  readonly id: Generated<number>;
  readonly channel: string;
  readonly thread: string | null;
  readonly nonce: string;
  readonly text: string;
  readonly message_json: string;
  readonly posted_at: number;
  readonly edited_at: number | null;
}
