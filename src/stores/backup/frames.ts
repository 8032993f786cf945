import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { ArchiveKey } from './archive-header.ts';

/** What a frame holds: the name of a file that begins, a part of it, or the end of the archive. */
export type Frame =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'data'; readonly bytes: Buffer }
  | { readonly kind: 'end' };

const KINDS = ['name', 'data', 'end'] as const;
const TAG_BYTES = 16;
/** How many bytes of a file one frame holds at most. */
export const FRAME_BYTES = 1024 * 1024;
/** A frame's own length is written before it. */
export const LENGTH_BYTES = 4;
export const LONGEST_FRAME = FRAME_BYTES + 1 + TAG_BYTES;

/**
 * Seals frames in their order: each is numbered, so that one that is missing, moved or changed is noticed, and the last one
 * says that it is, so that an archive that was cut short is noticed too. The key seals one archive only.
 */
export function createFrameSealer({ key, binding }: ArchiveKey): (frame: Frame) => Buffer {
  let number = 0;
  return (frame) => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number++)).setAAD(binding);
    const plain = Buffer.concat([Buffer.from([KINDS.indexOf(frame.kind)]), contentOf(frame)]);
    const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(sealed.length);
    return Buffer.concat([length, sealed]);
  };
}

/** Opens frames in their order, without the lengths before them; nothing where one is not what was sealed there. */
export function createFrameOpener({ key, binding }: ArchiveKey): (sealed: Buffer) => Frame | undefined {
  let number = 0;
  return (sealed) => {
    if (sealed.length <= TAG_BYTES) return undefined;
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number++), { authTagLength: TAG_BYTES })
      .setAAD(binding)
      .setAuthTag(sealed.subarray(-TAG_BYTES));
    try {
      return toFrame(Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]));
    } catch {
      // `final` throws when the tag does not match: that is the answer, not a failure.
      return undefined;
    }
  };
}

function contentOf(frame: Frame): Buffer {
  if (frame.kind === 'name') return Buffer.from(frame.name);
  return frame.kind === 'data' ? frame.bytes : Buffer.alloc(0);
}

function toFrame(plain: Buffer): Frame | undefined {
  const kind = KINDS[plain[0] ?? KINDS.length];
  if (kind === 'name') return { kind, name: plain.toString('utf8', 1) };
  if (kind === 'data') return { kind, bytes: plain.subarray(1) };
  return kind && { kind };
}

function nonceOf(number: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(number), 4);
  return nonce;
}
