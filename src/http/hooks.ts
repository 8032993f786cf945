import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyPluginAsync, FastifyRequest, RouteOptions } from 'fastify';
import type { Clock } from '../core/clock.ts';
import type { Counters } from '../core/counters.ts';
import type { Delivery, Headers } from '../core/delivery/delivery.ts';
import type { Answer } from '../core/provider/handshake.ts';
import type { Receipt, Receiver } from '../relay/receive.ts';
import type { BodyBudget } from './body-budget.ts';
import { toFailure } from './errors.ts';
import { readBody, UnreadableBody } from './read-body.ts';

export interface HookParts {
  readonly receiver: Omit<Receiver, 'takeHeld' | 'takeEdited'>;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly budget: BodyBudget;
  readonly log: FastifyBaseLogger;
  /** What to answer to a token that a probe of ours sent. */
  readonly arrived: (token: string) => string | undefined;
}

interface HookParams {
  token: string;
  /** What stands behind the token, for providers that have several ways in. */
  path?: string;
}

type HookRequest = FastifyRequest<{ Params: HookParams }>;

/** The message for senders when a delivery cannot be kept. It hides where deliveries are stored; the log has the details. */
const NOT_NOW = 'This delivery cannot be taken now. Send it again.';
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** `/in/:token`, where providers deliver. */
export const hookRoutes: FastifyPluginAsync<HookParts> = async (
  app,
  { receiver, clock, counters, budget, log, arrived },
) => {
  const route: RouteOptions = {
    method: METHODS,
    url: '/in/:token',
    exposeHeadRoute: true,
    childLoggerFactory: (logger) => logger,
    // Signatures cover the bytes that were sent, so nothing may read them first; a strange content type is no reason to
    // refuse; and what else the framework does for a request, a delivery does not need and would wait for.
    onRequest(request, reply) {
      reply.hijack();
      take(request as HookRequest) // The route below names the parameters.
        .then((answer) => send(reply.raw, answer))
        .catch((error: unknown) => {
          // An answer that HTTP does not allow, such as an echo of what a header cannot hold.
          log.error({ err: error }, 'an answer could not be sent');
          reply.raw.destroy();
        });
    },
    handler: () => undefined,
  };
  app.route(route);
  app.route({ ...route, url: '/in/:token/:path' });

  async function take(request: HookRequest): Promise<Answer> {
    const proof = arrived(request.params.token);
    if (proof !== undefined) return asJson(200, { outcome: 'arrived', proof });
    try {
      return toAnswer(await receive(request));
    } catch (error) {
      const { status, headers, body: failure } = toFailure(error as Error, log);
      const body = status === 503 && !(error instanceof UnreadableBody) ? { ...failure, message: NOT_NOW } : failure;
      const worded = receiver.wordRefusal(addressOf(request), { status, ...body }) ?? asJson(status, body);
      // The rest of a body that was not read would be taken for the next request.
      const left: Answer['headers'] = error instanceof UnreadableBody ? { connection: 'close' } : {};
      return { ...worded, headers: { ...worded.headers, ...headers, ...left } };
    }
  }

  async function receive(request: HookRequest): Promise<Receipt> {
    const { raw, method, url, query, ip } = request;
    const address = addressOf(request);
    const before = performance.now();
    const limit = await receiver.bodyLimit(address);
    const receivedAt = clock.now();
    const toDelivery = (read: Pick<Delivery, 'body' | 'packed'>): Delivery => ({
      method,
      url,
      headers: toHeaders(raw),
      query: query as Delivery['query'],
      ...read,
      receivedAt,
      // A connection that closes forgets who was at its other end.
      remoteAddress: ip ?? '',
    });
    const share = budget.open();
    try {
      const receipt = await receiver.receive(address, toDelivery(await readBody(raw, limit, share)));
      counters.observe('receive', (performance.now() - before) / 1000);
      return receipt;
    } catch (error) {
      if (error instanceof UnreadableBody) await receiver.refuse(address, toDelivery({ body: error.read }), error);
      throw error;
    } finally {
      share.close();
    }
  }

  function toAnswer(receipt: Receipt): Answer {
    switch (receipt.outcome) {
      case 'answered':
        return asPlain(receipt.answer);
      case 'held':
        return asJson(202, { outcome: 'held' });
      case 'repeated':
        return receipt.answer ? asPlain(receipt.answer) : asJson(200, { outcome: 'repeated' });
      case 'kept': {
        const [{ id, provider, type, endpointId }, ...others] = receipt.events;
        const several = others.length > 0;
        const fields = { eventId: id, endpointId, provider, type, ...(several && { events: receipt.events.length }) };
        log.info(fields, 'kept a delivery');
        if (receipt.answer) return asPlain(receipt.answer);
        const all = several && { events: receipt.events.map((event) => event.id) };
        return asJson(202, { outcome: 'kept', event: id, ...all });
      }
    }
  }
};

/** What echoes a sender's words must not be taken for a page. */
const PLAIN = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' } as const;

function asPlain({ status, headers, body }: Answer): Answer {
  // What has no body has no kind either.
  return { status, headers: status === 204 ? headers : { ...PLAIN, ...headers }, body };
}

function addressOf({ params: { token, path } }: HookRequest): string {
  return path === undefined ? token : `${token}/${path}`;
}

function asJson(status: number, body: object): Answer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) };
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  if (status === 204) response.writeHead(status, headers).end();
  else response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}

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
