import { AppError } from '../../../core/errors.ts';

/** The way to a part of a message: `['embeds', '0', 'url']`. */
export type PartPath = readonly string[];

/** Discord rejects the format of a message, and names the parts that are wrong, if it knows them. */
export class PayloadRefused extends AppError {
  readonly parts: readonly PartPath[];

  constructor(
    status: number,
    message: string,
    { cause, parts }: { readonly cause: unknown; readonly parts: readonly PartPath[] },
  ) {
    super(status, 'discord_payload', message, { cause });
    this.parts = parts;
  }
}

const DEPTH = 20;
const PARTS = 100;

/** The parts that an error names. https://discord.com/developers/docs/reference#error-messages */
export function readParts(errors: unknown): readonly PartPath[] {
  const found: PartPath[] = [];
  collect(errors, [], found);
  return found;
}

function collect(errors: unknown, path: PartPath, found: PartPath[]): void {
  if (typeof errors !== 'object' || errors === null || path.length > DEPTH || found.length === PARTS) return;
  if ('_errors' in errors && path.length > 0) found.push(path);
  for (const [name, inner] of Object.entries(errors)) if (name !== '_errors') collect(inner, [...path, name], found);
}
