/** A change somebody made. Never holds a secret or a token. */
export interface AuditEntry {
  readonly at: Date;
  /** `platform:user`, or `bellhop` for what the clock did. */
  readonly by: string;
  /** What people call them. */
  readonly byName: string;
  /** Where they asked for it: `slack #ops`. */
  readonly from?: string;
  /** The command, such as `mute`. */
  readonly action: string;
  readonly endpointId?: string;
  /** One sentence fragment: `muted source=acme/api until …`. */
  readonly detail: string;
  /** What stood in its place before, and what stands there since. */
  readonly before?: string;
  readonly after?: string;
}

export interface StoredAuditEntry extends AuditEntry {
  readonly id: string;
}

export interface AuditQuery {
  readonly endpointId?: string;
  /** Entries older than the one with this id: a page ends where the next begins. */
  readonly before?: string;
  readonly limit: number;
}

export interface AuditLog {
  add(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  list(query: AuditQuery): Promise<readonly StoredAuditEntry[]>;
}
