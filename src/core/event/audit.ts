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

export interface AuditLog {
  add(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  list(query: { readonly endpointId?: string; readonly limit: number }): Promise<readonly AuditEntry[]>;
}
