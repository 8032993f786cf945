import { badRequest } from '../../core/errors.ts';

/** The number behind an id; nothing for text that is not one of ours. */
export function toRowId(id: string): number | undefined {
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : undefined;
}

/** The number a page starts from. Throws where the text is not an id. */
export function toCursor(name: string, id: string): number {
  const number = id === '0' ? 0 : toRowId(id);
  if (number === undefined) throw badRequest(`\`${name}\` must be an id, such as \`1024\`.`);
  return number;
}
