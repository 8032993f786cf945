import type { IncomingMessage, RequestListener } from 'node:http';
import type { FastifyPluginAsync } from 'fastify';
import { AppError, UNFORESEEN } from '../core/errors.ts';
import type { Entrance, RawAnswer, RawRequest } from '../core/platform/entrance.ts';
import { readBody } from './read-body.ts';

/** The platforms' own paths, on the port of everything else. */
export const entranceRoutes: FastifyPluginAsync<{ readonly entrances: readonly Entrance[] }> = async (
  app,
  { entrances },
) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  const failed = (error: unknown) => app.log.error({ err: error }, 'an interaction could not be answered');
  for (const entrance of entrances) {
    const listener = 'listener' in entrance ? entrance.listener : answering(entrance.answer, failed);
    app.post(entrance.path, (request, reply) => {
      reply.hijack();
      // A sender that is answered before its whole body was read would block the connection with the rest.
      reply.raw.once('finish', () => {
        if (!request.raw.complete) request.raw.socket.destroySoon();
      });
      listener(request.raw, reply.raw);
    });
  }
};

const BODY_LIMIT = 1024 * 1024;

/** A listener that reads the body and answers with JSON. A sender whose request cannot be read gets the reason; any other failure goes to `onError`. */
export function answering(
  answer: (request: RawRequest) => Promise<RawAnswer>,
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

  async function answerTo(request: IncomingMessage): Promise<RawAnswer> {
    return answer({ headers: request.headers, body: (await readBody(request, BODY_LIMIT)).body });
  }
}
