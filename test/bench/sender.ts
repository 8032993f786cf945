import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** A request that is sent again and again, each time as another one: with an id of its own, and signed. */
export interface Shot {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The hash of a body, in hex. */
  readonly sign: (body: Buffer) => string;
}

/** Stands in the headers and in the body where each request's own id goes. */
export const ID = '00000000-0000-0000-0000-000000000000';
/** Stands in the headers where the hash of the body goes. */
export const SIGNATURE = '0'.repeat(64);

const END_OF_HEAD = Buffer.from('\r\n\r\n');

interface Connection {
  /** Sends one request, and resolves with the status of its answer. */
  send(): Promise<number>;
  close(): void;
}

/** Milliseconds from when each request was meant to be sent until its answer, in the order they were answered. */
export type Delays = readonly number[];

/**
 * Sends over so many connections as fast as they are answered, and says how many were answered in a second. It does as
 * little as it can for each request, so that the machine is the server's: a sender with comforts costs more than bare Fastify.
 */
export async function flood(shot: Shot, { connections, seconds }: { connections: number; seconds: number }) {
  const senders = await openAll(shot, connections);
  const started = performance.now();
  let answered = 0;
  await Promise.all(
    senders.map(async ({ send }) => {
      while (performance.now() - started < seconds * 1000) {
        expectTaken(await send());
        answered++;
      }
    }),
  );
  const took = (performance.now() - started) / 1000;
  for (const { close } of senders) close();
  return answered / took;
}

/** Sends at a steady rate. A request that finds every connection waiting counts from when it was meant to leave: a slow answer hides nothing. */
export async function pace(
  shot: Shot,
  { connections, seconds, rate }: { connections: number; seconds: number; rate: number },
): Promise<Delays> {
  const free = await openAll(shot, connections);
  const all = [...free];
  const waiting: number[] = [];
  const delays: number[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const wanted = rate * seconds;

  function start(connection: Connection, meant: number): void {
    connection.send().then((status) => {
      expectTaken(status);
      delays.push(performance.now() - meant);
      const next = waiting.shift();
      if (next === undefined) free.push(connection);
      else start(connection, next);
      if (delays.length === wanted) resolve();
    }, reject);
  }

  const started = performance.now();
  let due = 0;
  const timer = setInterval(() => {
    for (; due < wanted && started + (due * 1000) / rate <= performance.now(); due++) {
      const meant = started + (due * 1000) / rate;
      const connection = free.pop();
      if (connection) start(connection, meant);
      else waiting.push(meant);
    }
    if (due === wanted) clearInterval(timer);
  }, 1);
  await promise;
  for (const { close } of all) close();
  return delays;
}

async function openAll(shot: Shot, connections: number): Promise<Connection[]> {
  return Promise.all(Array.from({ length: connections }, () => open(shot)));
}

async function open({ port, path, headers, body, sign }: Shot): Promise<Connection> {
  const head = Object.entries({ host: `127.0.0.1:${port}`, ...headers, 'content-length': String(body.length) });
  const request = Buffer.concat([
    Buffer.from(`POST ${path} HTTP/1.1\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`),
    body,
  ]);
  const sent = request.subarray(request.length - body.length);
  const [inHead, inBody, signature] = [request.indexOf(ID), sent.indexOf(ID), request.indexOf(SIGNATURE)];
  if (Math.min(inHead, inBody, signature) < 0)
    throw new Error('The request does not name `ID` twice and `SIGNATURE` once.');
  const socket = await connected(port);
  let waiting: { readonly resolve: (status: number) => void; readonly reject: (error: Error) => void } | undefined;
  let read = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    read = read.length ? Buffer.concat([read, chunk]) : chunk;
    const length = lengthOfAnswer(read);
    if (length === undefined || read.length < length) return;
    const status = Number(read.toString('latin1', 9, 12));
    read = read.subarray(length);
    waiting?.resolve(status);
  });
  socket.on('error', (error) => waiting?.reject(error));
  socket.on('close', () => waiting?.reject(new Error(`127.0.0.1:${port} closed the connection.`)));
  return {
    send() {
      const { promise, resolve, reject } = Promise.withResolvers<number>();
      waiting = { resolve, reject };
      // The kernel has the earlier request: its answer came.
      const id = randomUUID();
      request.write(id, inHead, 'latin1');
      sent.write(id, inBody, 'latin1');
      request.write(sign(sent), signature, 'latin1');
      socket.write(request);
      return promise;
    },
    close: () => socket.destroy(),
  };
}

/** Bytes of the answer that begins here, nothing while its head is not whole. */
function lengthOfAnswer(read: Buffer): number | undefined {
  const end = read.indexOf(END_OF_HEAD);
  if (end < 0) return undefined;
  const length = /\r\ncontent-length: *(\d+)/i.exec(read.toString('latin1', 0, end))?.[1];
  if (length === undefined) throw new Error('The answer does not say its length.');
  return end + END_OF_HEAD.length + Number(length);
}

function expectTaken(status: number): void {
  if (status !== 202) throw new Error(`A delivery was answered ${status}.`);
}

function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket)).once('error', reject);
  });
}
