/** A request to a provider's own API. */
export interface ProviderCall {
  /** Must be https, with one of these hosts, without port or user name. Anything else is refused before it is looked up. */
  readonly url: string;
  /** The whole host name of each that may be asked, in lower case. */
  readonly hosts: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ProviderAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
}

/**
 * Asks a provider's API: over https, the hosts named, at a public address, without following redirects, within bounds of
 * size, time and number. Throws `AppError` with the reason when nobody answers.
 */
export type CallProvider = (call: ProviderCall) => Promise<ProviderAnswer>;
