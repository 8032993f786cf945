import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { AppError } from '../core/errors.ts';

/** Why a body could not be taken, and what had been read of it. */
export class UnreadableBody extends AppError {
  readonly read: Buffer;
  /** The reason for the owner. */
  readonly reason: string;

  constructor(
    status: number,
    code: string,
    message: string,
    { read, reason, cause }: { read: Buffer; reason: string; cause?: unknown },
  ) {
    super(status, code, message, { cause });
    this.read = read;
    this.reason = reason;
  }
}

/** A body may grow this much when it is unpacked, unless it is small anyway. */
const RATIO_LIMIT = 100;
const RATIO_FREE = 65_536;
/** So much of an oversized body is still read and thrown away, that the sender may hear the answer. */
const DRAIN_LIMIT = 64 * 1024 * 1024;

const unpackers = new Map([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
]);

/**
 * Reads a request's body, unpacked, up to `limit` bytes. Throws `UnreadableBody`: 413 when it is larger, packed or
 * unpacked; 415 for a packing nobody knows; 400 when it is torn or does not unpack.
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const packing = request.headers['content-encoding']?.trim().toLowerCase();
  const packed = await collect(request, limit);
  if (!packing || packing === 'identity' || packed.length === 0) return packed;
  const unpack = unpackers.get(packing);
  if (!unpack)
    throw new UnreadableBody(415, 'unsupported_encoding', 'Send the body plain, or packed with gzip, deflate or br.', {
      read: packed,
      reason: `the body is packed with \`${packing.slice(0, 50)}\`, which is not known here`,
    });
  const most = Math.min(limit, Math.max(RATIO_FREE, packed.length * RATIO_LIMIT));
  try {
    return await unpack(packed, { maxOutputLength: most });
  } catch (cause) {
    if (isTooLarge(cause)) throw tooLarge(packed, `the body unpacks to more than ${most} bytes`, most);
    if (packing === 'deflate') return unpackRaw(packed, most);
    throw unreadable(packed, packing, cause);
  }
}

/** Some senders mean bare DEFLATE when they say `deflate`. */
async function unpackRaw(packed: Buffer, most: number): Promise<Buffer> {
  try {
    return await promisify(inflateRaw)(packed, { maxOutputLength: most });
  } catch (cause) {
    if (isTooLarge(cause)) throw tooLarge(packed, `the body unpacks to more than ${most} bytes`, most);
    throw unreadable(packed, 'deflate', cause);
  }
}

function collect(request: IncomingMessage, limit: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    else if (size > DRAIN_LIMIT) request.destroy();
  });
  request.on('end', () => {
    const [only] = chunks;
    if (size > limit)
      reject(tooLarge(Buffer.concat(chunks), `the body has ${size} bytes, ${limit} are allowed`, limit));
    else resolve(chunks.length === 1 && only ? only : Buffer.concat(chunks));
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
  return new UnreadableBody(413, 'too_large', `The body is larger than the ${limit} bytes this endpoint takes.`, {
    read,
    reason,
  });
}

function torn(read: Buffer, reason: string, cause?: unknown): UnreadableBody {
  return new UnreadableBody(400, 'torn_body', 'The body did not arrive whole.', { read, reason, cause });
}

function unreadable(read: Buffer, packing: string, cause: unknown): UnreadableBody {
  return new UnreadableBody(400, 'broken_packing', `The body is not the ${packing} that its headers promise.`, {
    read,
    reason: `the body is not valid ${packing}`,
    cause,
  });
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}
