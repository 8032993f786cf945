/** What is fetched, and which hosts may be asked for it. */
export interface PublishedRequest {
  /** Must be https, with one of these hosts, without port or user name. Anything else is refused before it is looked up. */
  readonly url: string;
  /** The whole host name of each that may be asked, in lower case. */
  readonly hosts: readonly (string | RegExp)[];
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** How long an answer is remembered, in seconds; an hour when left out, and not at all when 0. */
  readonly keep?: number;
}

/**
 * Fetches a document that a sender publishes, such as a key: over https, from the hosts named, at a public address,
 * without following redirects, within bounds of size and time, and remembered for a while. Throws `AppError` with the
 * reason when it cannot.
 */
export type FetchPublished = (request: PublishedRequest) => Promise<string>;
