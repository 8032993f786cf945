import type { CommandAction } from '../../../core/message/message.ts';
import { asksForSecret, type Provider } from '../../../core/provider/provider.ts';
import type { Endpoint } from '../../../core/settings/endpoint.ts';

/** The buttons of an endpoint that waits for somebody to say who sends. */
export function pendingActions({ name }: Pick<Endpoint, 'name'>): readonly CommandAction[] {
  return [
    { label: 'Look at it', command: 'sender', options: { endpoint: name }, style: 'primary' },
    otherAction({ name }),
  ];
}

export function otherAction({ name }: Pick<Endpoint, 'name'>): CommandAction {
  return { label: 'Something else', command: 'sender', options: { endpoint: name, other: 'true' } };
}

/** The button that says who sends. It opens a form where a secret is needed and none is known. */
export function itIsAction(
  { name, secrets }: Pick<Endpoint, 'name' | 'secrets'>,
  { provider, title }: { readonly provider: string; readonly title: string },
  known: Provider | undefined,
): CommandAction {
  const asks = known !== undefined && asksForSecret(known) && secrets.length === 0;
  return {
    label: `It is ${title}`,
    command: 'sender',
    options: { endpoint: name, provider, ...(asks && { ask: 'true' }) },
  };
}

/** The buttons for held deliveries that could not be verified. */
export function heldActions({ name }: Pick<Endpoint, 'name'>, held: number): readonly CommandAction[] {
  const them = held === 1 ? 'it' : 'them';
  return [
    {
      label: `Post ${them} unverified`,
      command: 'sender',
      options: { endpoint: name, held: 'post' },
      confirm: {
        title: 'Post without verification?',
        text: 'Anybody who has the URL could have sent this. It is posted marked as not verified, and pings nobody.',
        yes: `Post ${them}`,
      },
    },
    { label: 'Throw away', command: 'sender', options: { endpoint: name, held: 'discard' } },
  ];
}
