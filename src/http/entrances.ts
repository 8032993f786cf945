import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { FastifyPluginAsync } from 'fastify';
import { readBody } from './read-body.ts';

/** Where a platform sends commands, clicks and forms over HTTP. It takes the request raw, for it checks a signature over its bytes. */
export interface Entrance {
  readonly path: string;
  readonly listener: RequestListener;
}

/** The platforms' own paths, on the port of everything else. */
export const entranceRoutes: FastifyPluginAsync<{ readonly entrances: readonly Entrance[] }> = async (
  app,
  { entrances },
) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  for (const { path, listener } of entrances)
    app.post(path, (request, reply) => {
      reply.hijack();
      listener(request.raw, reply.raw);
    });
};

const BODY_LIMIT = 1024 * 1024;

/** A listener that reads the body and answers with JSON. */
export function answering(
  answer: (request: {
    readonly headers: IncomingMessage['headers'];
    readonly body: Buffer;
  }) => Promise<{ readonly status: number; readonly body?: unknown }>,
  onError: (error: unknown) => void,
): RequestListener {
  return async (request, response: ServerResponse) => {
    try {
      const { status, body } = await answer({ headers: request.headers, body: await readBody(request, BODY_LIMIT) });
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(body === undefined ? undefined : JSON.stringify(body));
    } catch (error) {
      onError(error);
      if (!response.headersSent) response.writeHead(500).end();
    }
  };
}
