import type { IncomingMessage } from 'node:http';
import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import type { Delivery } from '../core/delivery/delivery.ts';
import { AppError } from '../core/errors.ts';
import { type BodyShare, uncounted } from './body-budget.ts';

/** Why a body could not be taken, and what had been read of it. */
export class UnreadableBody extends AppError {
  readonly read: Buffer;
  /** The reason for the owner. */
  readonly reason: string;

  constructor(
    status: number,
    code: string,
    message: string,
    { read, reason, cause, retryAfter }: { read: Buffer; reason: string; cause?: unknown; retryAfter?: number },
  ) {
    super(status, code, message, { cause, ...(retryAfter !== undefined && { retryAfter }) });
    this.read = read;
    this.reason = reason;
  }
}

/** A body may grow this much when it is unpacked, unless it is small anyway. */
const RATIO_LIMIT = 100;
const RATIO_FREE = 65_536;
/** This much of an oversized body is read and discarded, so that the sender gets the answer. */
const DRAIN_LIMIT = 64 * 1024 * 1024;
/** Milliseconds after which a sender may try again when there was no room. */
const RETRY_AFTER = 2_000;

const unpackers = new Map<string, () => Transform>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);

/**
 * Reads a request's body, unpacked, up to `limit` bytes, which count in its share until that is closed. Throws
 * `UnreadableBody`: 413 when it is larger, packed or unpacked; 503 when there is no room for it beside others; 415 for
 * an unknown packing; 400 when it is cut off or does not unpack.
 */
export async function readBody(
  request: IncomingMessage,
  limit: number,
  share: BodyShare = uncounted,
): Promise<Pick<Delivery, 'body' | 'packed'>> {
  const packing = request.headers['content-encoding']?.trim().toLowerCase();
  const packed = await collect(request, limit, share);
  if (!packing || packing === 'identity' || packed.length === 0) return { body: packed };
  const createUnpacker = unpackers.get(packing);
  if (!createUnpacker)
    throw new UnreadableBody(415, 'unsupported_encoding', 'Send the body plain, or packed with gzip, deflate or br.', {
      read: packed,
      reason: `the body is packed with \`${packing.slice(0, 50)}\`, which Bellhop cannot unpack`,
    });
  const most = Math.min(limit, Math.max(RATIO_FREE, packed.length * RATIO_LIMIT));
  try {
    return { body: await unpack(packed, createUnpacker(), { most, share }), packed };
  } catch (cause) {
    if (cause instanceof UnreadableBody) throw cause;
    // Some senders mean bare DEFLATE when they say `deflate`.
    const bare = packing === 'deflate' && (await unpack(packed, createInflateRaw(), { most, share }).catch(ifTooLarge));
    if (bare) return { body: bare, packed };
    throw unreadable(packed, packing, cause);
  }
}

async function unpack(
  packed: Buffer,
  unpacker: Transform,
  { most, share }: { readonly most: number; readonly share: BodyShare },
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  unpacker.end(packed);
  for await (const chunk of unpacker) {
    size += chunk.length;
    if (size > most) throw tooLarge(packed, `the body unpacks to more than ${most} bytes`, most);
    if (!share.take(chunk.length)) throw noRoom(packed);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function ifTooLarge(error: unknown): undefined {
  if (error instanceof UnreadableBody) throw error;
}

function collect(request: IncomingMessage, limit: number, share: BodyShare): Promise<Buffer> {
  // It may have closed before anybody listened.
  if (request.destroyed && !request.complete)
    return Promise.reject(torn(Buffer.alloc(0), 'the connection closed before the body was read'));
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  let size = 0;
  let full = false;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > DRAIN_LIMIT) request.destroy();
    if (full || size > limit || !share.take(chunk.length)) {
      // The rest is only read so that the sender gets the answer. The beginning is kept for the owner.
      if (size <= limit) full = true;
      chunks.splice(1);
      share.close();
      return;
    }
    chunks.push(chunk);
  });
  request.on('end', () => {
    const [only] = chunks;
    const read = chunks.length === 1 && only ? only : Buffer.concat(chunks);
    if (size > limit) reject(tooLarge(read, `the body has ${size} bytes, ${limit} are allowed`, limit));
    else if (full) reject(noRoom(read));
    else resolve(read);
  });
  const onTorn = (cause?: unknown) =>
    reject(torn(Buffer.concat(chunks), `the connection closed after ${size} bytes of the body`, cause));
  request.on('error', onTorn);
  request.on('close', () => {
    if (!request.complete) onTorn();
  });
  return promise;
}

function tooLarge(read: Buffer, reason: string, limit: number): UnreadableBody {
  return new UnreadableBody(
    413,
    'too_large',
    `The body is larger than the ${limit} bytes this endpoint takes. Send less, or ask whoever runs Bellhop to raise the limit.`,
    { read, reason },
  );
}

function noRoom(read: Buffer): UnreadableBody {
  return new UnreadableBody(503, 'too_busy', 'Too many large deliveries arrive at once. Send this one again.', {
    read,
    reason: 'too many large deliveries arrived at once; the sender was asked to send it again',
    retryAfter: RETRY_AFTER,
  });
}

function torn(read: Buffer, reason: string, cause?: unknown): UnreadableBody {
  return new UnreadableBody(400, 'torn_body', 'The body did not arrive whole. Send it again.', { read, reason, cause });
}

function unreadable(read: Buffer, packing: string, cause: unknown): UnreadableBody {
  return new UnreadableBody(
    400,
    'broken_packing',
    `The body is not the ${packing} that its headers promise. Send it plain, or compress it again.`,
    { read, reason: `the body is not valid ${packing}`, cause },
  );
}
