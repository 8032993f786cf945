import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { createFaults, Fault } from '../faults.ts';
import { Refusal } from '../refusal.ts';
import type { createResponseUrls } from '../tickets.ts';
import type { createTokens } from '../tokens.ts';
import { BOT, type Json, type Workspace } from '../workspace.ts';
import { checked, type Method, type Validate } from './chat-methods.ts';

export interface WebServerParts {
  readonly workspace: Workspace;
  readonly methods: Readonly<Record<string, Method>>;
  readonly tokens: ReturnType<typeof createTokens>;
  readonly faults: ReturnType<typeof createFaults>;
  readonly limit: (channel: string) => number | undefined;
  readonly responses: ReturnType<typeof createResponseUrls>;
  readonly validate: Validate;
  readonly record: (method: string, args: Json) => void;
  readonly isDown: () => boolean;
}

const LIMITED = ['chat.postMessage', 'chat.postEphemeral'];

interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** The HTTP side: the Web API under `/api/`, response URLs under `/respond/`. */
export function createWebServer(parts: WebServerParts) {
  return createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      // A process that is killed in the middle of its request wants no answer.
      if (!request.destroyed) throw error;
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (parts.isDown()) return void request.socket.destroy();
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const name = path.startsWith('/api/') ? path.slice('/api/'.length) : 'response_url';
    const fault = parts.faults.take(name);
    if (fault?.delay) await sleep(fault.delay, undefined, { ref: false });
    const body = await read(request);
    if (fault && !fault.afterwards && answersInstead(fault)) {
      parts.record(name, parse(body, name === 'response_url' ? 'json' : (request.headers['content-type'] ?? '')));
      return fail(request, response, fault);
    }
    const reply = name === 'response_url' ? respond(parts, path, body) : call(parts, { name, request, body });
    if (fault && answersInstead(fault)) return fail(request, response, fault);
    send(response, reply);
  }
}

function call(
  { workspace, methods, tokens, limit, record }: WebServerParts,
  { name, request, body }: { name: string; request: IncomingMessage; body: string },
): Reply {
  const args = parse(body, request.headers['content-type'] ?? '');
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? (args.token as string | undefined);
  record(name, args);
  const method = methods[name];
  const headers = { 'x-oauth-scopes': [...tokens.scopes].join(','), 'x-accepted-oauth-scopes': '' };
  try {
    if (!method) throw new Refusal('unknown_method', { req_method: name });
    tokens.check(name, token, workspace.channels.get(String(args.channel))?.kind);
    const wait = LIMITED.includes(name) ? limit(String(args.channel)) : undefined;
    if (wait !== undefined)
      return { status: 429, headers: { 'retry-after': String(wait) }, body: new Refusal('ratelimited').body };
    return { status: 200, headers, body: method(args) };
  } catch (error) {
    if (error instanceof Refusal) return { status: 200, headers, body: error.body };
    throw error;
  }
}

function respond({ workspace, responses, validate, record }: WebServerParts, path: string, body: string): Reply {
  const args = parse(body, 'application/json');
  record('response_url', args);
  try {
    const target = responses.redeem(path.split('/').at(-1) ?? '');
    const clicked = [...workspace.messages, ...workspace.ephemerals].find(({ ts }) => ts === target.message);
    if (args.delete_original && clicked) {
      for (const list of [workspace.messages, workspace.ephemerals]) {
        const index = list.findIndex(({ ts }) => ts === clicked.ts);
        if (index >= 0) list.splice(index, 1);
      }
      return { status: 200, body: { ok: true } };
    }
    const content = checked(args, validate);
    // An answer to a command replaces nothing, whatever it asks: https://github.com/slackapi/bolt-js/issues/2287
    if (args.replace_original && clicked) {
      delete clicked.blocks;
      delete clicked.attachments;
      Object.assign(clicked, content);
    } else put(workspace, target, { ...content, visible: args.response_type === 'in_channel' });
    return { status: 200, body: { ok: true } };
  } catch (error) {
    if (error instanceof Refusal) return { status: /_url$/.test(error.message) ? 404 : 400, body: error.body };
    throw error;
  }
}

/** Adds an answer to a channel, or to what one person sees of it. */
export function put(
  workspace: Workspace,
  { channel, user }: { readonly channel: string; readonly user: string },
  { visible, ...content }: { readonly text: string; readonly visible: boolean },
) {
  const message = { ts: workspace.nextTs(), channel, user: BOT.user, bot_id: BOT.id, ...content };
  if (visible) workspace.messages.push(message);
  else workspace.ephemerals.push({ ...message, seenBy: user });
}

const answersInstead = ({ status, body, reset }: Fault) => Boolean(status || body || reset);

function fail(request: IncomingMessage, response: ServerResponse, { status = 200, headers, body = '', reset }: Fault) {
  if (reset) request.socket.destroy();
  else send(response, { status, body, ...(headers && { headers }) });
}

function send(response: ServerResponse, { status, headers, body }: Reply) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function parse(body: string, contentType: string): Json {
  if (contentType.includes('json')) return body ? JSON.parse(body) : {};
  const fields = [...new URLSearchParams(body)].map(([name, value]) => [
    name,
    STRUCTURED.has(name) ? JSON.parse(value) : value,
  ]);
  return Object.fromEntries(fields);
}

const STRUCTURED = new Set(['blocks', 'attachments', 'view', 'metadata']);
