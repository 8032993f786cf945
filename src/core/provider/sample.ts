/** A delivery to try a provider with. */
export interface Sample {
  readonly provider: string;
  readonly type: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface SampleStore {
  /** The samples of a provider, by type. */
  of(provider: string): ReadonlyMap<string, Sample>;
}
