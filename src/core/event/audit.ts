/** A change somebody made. Never holds a secret or a token. */
export interface AuditEntry {
  readonly at: Date;
  /** `platform:user`, or `bellhop` for what the clock did. */
  readonly by: string;
  /** What people call them. */
  readonly byName: string;
  /** The command, such as `mute`. */
  readonly action: string;
  readonly endpointId?: string;
  /** One sentence fragment: `muted source=acme/api until …`. */
  readonly detail: string;
}

export interface AuditRecord extends AuditEntry {
  readonly id: string;
}

export interface AuditQuery {
  readonly endpointId?: string;
  /** Records older than this one: a page ends where the next begins. */
  readonly before?: string;
  readonly limit: number;
}

export interface AuditLog {
  add(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  list(query: AuditQuery): Promise<readonly AuditRecord[]>;
}
