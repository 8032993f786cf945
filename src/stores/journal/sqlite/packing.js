// @ts-check
// Plain JavaScript, as the threads that use it.
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

const PLAIN = 0;
const PACKED = 1;
/** A smaller body is not worth packing. */
const PACKED_FROM = 512;
/** With a window no larger than most bodies and little room for the result, making a packer ready costs a third. */
const WINDOW_BITS = 18;
const ROOM = { few: 4096, many: 65_536 };

/**
 * A body as it is kept: most are text that says the same names again and again, and what is written decides how many
 * deliveries a disk can take. The first byte says how the rest is to be read.
 *
 * @param {unknown} bytes
 * @returns {Uint8Array}
 */
export function pack(bytes) {
  if (!(bytes instanceof Uint8Array)) throw new TypeError('A body is bytes.');
  const packed = bytes.length < PACKED_FROM ? undefined : squeeze(bytes);
  return packed && packed.length < bytes.length ? marked(PACKED, packed) : marked(PLAIN, bytes);
}

/** @param {Uint8Array} bytes */
function squeeze(bytes) {
  return brotliCompressSync(bytes, {
    chunkSize: bytes.length < ROOM.many ? ROOM.few : ROOM.many,
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 1,
      [constants.BROTLI_PARAM_LGWIN]: WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}

/** @param {unknown} kept @returns {Uint8Array} */
export function unpack(kept) {
  if (!(kept instanceof Uint8Array)) throw new TypeError('A body is bytes.');
  const bytes = kept.subarray(1);
  return kept[0] === PACKED ? brotliDecompressSync(bytes) : bytes;
}

/** @param {number} mark @param {Uint8Array} bytes */
function marked(mark, bytes) {
  const all = new Uint8Array(bytes.length + 1);
  all[0] = mark;
  all.set(bytes, 1);
  return all;
}
