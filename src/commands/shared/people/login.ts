import { OptionError } from '../../../core/errors.ts';
import { plainName } from '../../../core/settings/person.ts';
import { type Line, oneLine } from '../../../core/text/clean-text.ts';

/** No login, address of a mailbox or path of a file that anybody owns is longer. */
const LONGEST = 200;

/** A login as somebody typed it, in a form that can be listed and compared. Throws `OptionError` where nothing of it can be seen. */
export function toLogin(typed: string): Line {
  const login = oneLine(typed);
  if (plainName(login) === '')
    throw new OptionError(
      'login',
      'This login has no letter that can be seen. Write it as senders do, such as `octocat`.',
    );
  if (login.length > LONGEST)
    throw new OptionError(
      'login',
      `This login is too long: it has ${login.length} characters, and ${LONGEST} are allowed.`,
    );
  return login;
}
