import type { CommandParts } from '../../../core/command/command.ts';
import type { Caller } from '../../../core/command/permission.ts';
import { OptionError } from '../../../core/errors.ts';
import { quoted } from '../../../core/message/markdown/inline-code.ts';
import type { Account } from './link-people.ts';

/** Whom somebody means on their own platform. Throws `OptionError` where it is nobody there. */
export async function findAccount(typed: string, caller: Caller, { platforms }: CommandParts): Promise<Account> {
  const { platform } = caller;
  const chat = platforms.get(platform);
  const found = await chat?.person(typed);
  if (found) return { platform, ...found };
  throw new OptionError(
    'person',
    `${quoted(typed)} is nobody on ${chat?.title ?? platform}. Mention the person or the group, such as \`@ada\`.`,
    { code: 'not_found', status: 404 },
  );
}
