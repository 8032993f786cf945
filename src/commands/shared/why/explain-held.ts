import type { Reply } from '../../../core/command/command.ts';
import { reply } from '../../../core/command/reply.ts';
import { inlineCode } from '../../../core/message/markdown/inline-code.ts';
import type { Endpoint } from '../../../core/settings/endpoint.ts';
import { isPending } from '../../../core/settings/pending.ts';

/** Says why nothing is posted of what an endpoint holds: it came before its sender was named. For its owners. */
export function explainHeld(endpoint: Endpoint, held: number): Reply {
  const { name } = endpoint;
  const reason = isPending(endpoint) ? 'nobody has said yet who sends' : 'it could not be verified';
  return reply(
    `${inlineCode(name)} holds ${held === 1 ? 'one request' : `${held} requests`} and has posted nothing of it: ${reason}.`,
    {
      title: 'Why',
      actions: [{ label: 'Look at it', command: 'sender', options: { endpoint: name }, style: 'primary' }],
      data: { held },
    },
  );
}
