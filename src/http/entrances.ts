import type { IncomingMessage, RequestListener } from 'node:http';
import type { FastifyPluginAsync } from 'fastify';
import { AppError, UNFORESEEN } from '../core/errors.ts';
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
      // Whoever is answered before all of it was read would block the connection with the rest.
      reply.raw.once('finish', () => {
        if (!request.raw.complete) request.raw.socket.destroySoon();
      });
      listener(request.raw, reply.raw);
    });
};

const BODY_LIMIT = 1024 * 1024;

/** A listener that reads the body and answers with JSON. Whoever sends what cannot be read is told so, and nobody else. */
export function answering(
  answer: (request: {
    readonly headers: IncomingMessage['headers'];
    readonly body: Buffer;
  }) => Promise<{ readonly status: number; readonly body?: unknown }>,
  onError: (error: unknown) => void,
): RequestListener {
  return async (request, response) => {
    const { status, body } = await answerTo(request).catch((error: unknown) => {
      if (error instanceof AppError && error.status < 500)
        return { status: error.status, body: { code: error.code, message: error.message } };
      onError(error);
      return { status: 500, body: { code: 'internal', message: UNFORESEEN } };
    });
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(body === undefined ? undefined : JSON.stringify(body));
  };

  async function answerTo(request: IncomingMessage): Promise<{ readonly status: number; readonly body?: unknown }> {
    return answer({ headers: request.headers, body: await readBody(request, BODY_LIMIT) });
  }
}
