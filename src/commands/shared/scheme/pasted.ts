import type { CommandParts, Option } from '../../../core/command/command.ts';
import type { Delivery } from '../../../core/delivery/delivery.ts';
import { parsePasted } from '../../../core/delivery/parse-pasted.ts';
import { OptionError } from '../../../core/errors.ts';

/** The option that holds a real delivery, copied from the sender's own log. It may hold a token, so nothing repeats it. */
export const deliveryOption = {
  type: 'string',
  optional: true,
  secret: true,
  long: true,
  label: 'A real delivery',
  example: '"X-Signature: 4a1f…\\n\\n{…}"',
  description: 'A real delivery to check with: its headers, an empty line, and its body',
} as const satisfies Option;

/** The delivery that somebody pasted, with each body it may have had. Throws `OptionError` when it holds no header. */
export function readPasted(text: string, { clock }: Pick<CommandParts, 'clock'>, url: string): readonly Delivery[] {
  const { pathname } = new URL(url);
  const found = parsePasted(text, { path: pathname, now: clock.now() });
  if (found) return found;
  throw new OptionError(
    'delivery',
    'This holds no header, so there is nothing to check. Paste the headers as `Name: value`, each on a line of its own, then an empty line, then the body exactly as it was sent.',
  );
}
