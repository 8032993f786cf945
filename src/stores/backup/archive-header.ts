import { createCipheriv, createDecipheriv, createHash, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { AppError } from '../../core/errors.ts';

/** What every backup begins with. */
export const MAGIC = 'bellhop-backup 1\n';
/** The rest of the header: salt, nonce, sealed key, tag. */
export const HEADER_BYTES = 16 + 12 + 32 + 16;

/** Takes 128 MB and about half a second, so that passphrases cannot be guessed by the million. */
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 } as const;

const derive = promisify<string, Buffer, number, typeof COST, Buffer>(scrypt);

/** How the parts of one archive are sealed: by a key of its own, and bound to its header. */
export interface ArchiveKey {
  readonly key: Buffer;
  readonly binding: Buffer;
}

/** Makes a key for one archive, and the header that holds it, wrapped by the passphrase. */
export async function makeHeader(passphrase: string): Promise<ArchiveKey & { readonly header: Buffer }> {
  const [salt, nonce, key] = [randomBytes(16), randomBytes(12), randomBytes(32)];
  const cipher = createCipheriv('aes-256-gcm', await wrapper(passphrase, salt), nonce).setAAD(Buffer.from(MAGIC));
  const sealed = Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()]);
  const header = Buffer.concat([Buffer.from(MAGIC), salt, nonce, sealed]);
  return { key, binding: bindingOf(header), header };
}

/** Opens a header with the passphrase. Throws `AppError` when it is another. */
export async function openHeader(header: Buffer, passphrase: string, file: string): Promise<ArchiveKey> {
  const rest = header.subarray(MAGIC.length);
  const decipher = createDecipheriv(
    'aes-256-gcm',
    await wrapper(passphrase, rest.subarray(0, 16)),
    rest.subarray(16, 28),
  )
    .setAAD(Buffer.from(MAGIC))
    .setAuthTag(rest.subarray(60, 76));
  try {
    const key = Buffer.concat([decipher.update(rest.subarray(28, 60)), decipher.final()]);
    return { key, binding: bindingOf(header) };
  } catch (cause) {
    throw new AppError(
      409,
      'wrong_passphrase',
      `This passphrase does not open \`${file}\`. Give the one that it was made with.`,
      { cause },
    );
  }
}

function wrapper(passphrase: string, salt: Buffer): Promise<Buffer> {
  return derive(passphrase.normalize('NFC'), salt, 32, COST);
}

function bindingOf(header: Buffer): Buffer {
  return createHash('sha256').update(header).digest();
}
