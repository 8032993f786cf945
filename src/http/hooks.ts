import type { IncomingMessage } from 'node:http';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../core/clock.ts';
import type { Counters } from '../core/counters.ts';
import type { Delivery, Headers } from '../core/delivery.ts';
import type { Receiver } from '../relay/receive.ts';
import { readBody, UnreadableBody } from './read-body.ts';

export interface HookParts {
  readonly receiver: Receiver;
  readonly clock: Clock;
  readonly counters: Counters;
}

const BODY_LIMIT = 5 * 1024 * 1024;
const METHODS = ['GET', 'POST', 'PUT', 'OPTIONS'];

type HookRequest = FastifyRequest<{ Params: { token: string } }>;

/** `/in/:token`, where providers deliver. */
export const hookRoutes: FastifyPluginAsync<HookParts> = async (app, { receiver, clock, counters }) => {
  // Signatures cover the bytes that were sent, so nothing may read them first; and a strange content type is no reason to refuse.
  app.addHook('onRequest', ({ raw }, _reply, done) => {
    delete raw.headers['content-type'];
    done();
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));

  app.route({
    method: METHODS,
    url: '/in/:token',
    exposeHeadRoute: true,
    async handler(request: HookRequest, reply: FastifyReply) {
      const before = performance.now();
      const endpoint = receiver.find(request.params.token);
      const receivedAt = clock.now();
      // A connection that closes forgets who was at its other end.
      const remoteAddress = request.ip ?? '';
      const toDelivery = (body: Buffer): Delivery => ({
        method: request.method,
        url: request.url,
        headers: toHeaders(request.raw),
        query: request.query as Delivery['query'],
        body,
        receivedAt,
        remoteAddress,
      });
      let body: Buffer;
      try {
        body = await readBody(request.raw, endpoint.bodyLimit ?? BODY_LIMIT);
      } catch (error) {
        if (error instanceof UnreadableBody) {
          await receiver.refuse(endpoint, toDelivery(error.read), error.status, error.reason);
          reply.header('connection', 'close');
        }
        throw error;
      }

      const receipt = await receiver.receive(endpoint, toDelivery(body));
      counters.observe('receive', (performance.now() - before) / 1000);
      switch (receipt.outcome) {
        case 'answered': {
          const { status, headers, body } = receipt.answer;
          return reply
            .code(status)
            .headers({ 'x-content-type-options': 'nosniff', ...headers })
            .send(body);
        }
        case 'repeated':
          return reply.code(200).send({ outcome: 'repeated' });
        case 'kept': {
          const { id, provider, type, endpointId } = receipt.event;
          request.log.info({ eventId: id, endpointId, provider, type }, 'kept a delivery');
          return reply.code(202).send({ outcome: 'kept', event: id });
        }
      }
    },
  });
};

/** Repeated headers stay apart, so that a doubled signature cannot pass for one. */
function toHeaders({ rawHeaders }: IncomingMessage): Headers {
  const headers: Record<string, string | string[]> = Object.create(null);
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? '';
    const value = rawHeaders[index + 1] ?? '';
    const known = headers[name];
    if (known === undefined) headers[name] = value;
    else headers[name] = typeof known === 'string' ? [known, value] : [...known, value];
  }
  return headers;
}
