import { createHmac, hkdfSync } from 'node:crypto';

/** The codes by which an administrator confirms a server. Each is for one server, and good for this day and the next. */
export interface ServerCodes {
  at(server: string, moment: Date): string;
  /** Whether somebody typed a code that is good at this moment. */
  fits(server: string, typed: string, moment: Date): boolean;
}

const DAY = 86_400_000;
/** Without letters and digits that look alike. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 8;

/** Codes made from the installation's own key: every process that has it knows them, and none of them is written down. */
export function createServerCodes(installationKey: Buffer): ServerCodes {
  const key = Buffer.from(hkdfSync('sha256', installationKey, '', 'discord server codes', 32));

  function onDay(server: string, day: number): string {
    const bytes = createHmac('sha256', key).update(`${server} ${day}`).digest().subarray(0, LENGTH);
    return [...bytes].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  }

  const dayOf = (moment: Date) => Math.floor(moment.getTime() / DAY);

  return {
    at: (server, moment) => onDay(server, dayOf(moment)).replace(/^.{4}/, '$&-'),
    fits(server, typed, moment) {
      const given = bareCode(typed);
      return [0, 1].some((ago) => given === onDay(server, dayOf(moment) - ago));
    },
  };
}

/** A code as it was typed, without what does not matter: case, spaces, dashes. */
export function bareCode(typed: string): string {
  return typed.toUpperCase().replace(/[^0-9A-Z]/g, '');
}
