import type { IncomingHttpHeaders, RequestListener } from 'node:http';

/** Where a platform sends commands, clicks and forms over HTTP. It takes the request raw, for it checks a signature over its bytes. */
export type Entrance =
  | { readonly path: string; readonly listener: RequestListener }
  | { readonly path: string; readonly answer: (request: RawRequest) => Promise<RawAnswer> };

export interface RawRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Sent as JSON. */
export interface RawAnswer {
  readonly status: number;
  readonly body?: unknown;
}
