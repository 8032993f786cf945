import type { CommandAction } from '../../core/message/message.ts';

/** For more posts than this, the button asks first. */
const CONFIRM_ABOVE = 20;

/** What can be done with what was held: post it after all, or look at it. */
export function toHeldActions({
  holder,
  count,
  endpointId,
}: {
  readonly holder: string;
  readonly count: number;
  readonly endpointId: string | undefined;
}): readonly CommandAction[] {
  if (count <= 0) return [];
  const many = count > CONFIRM_ABOVE;
  return [
    {
      label: count === 1 ? 'Post it now' : `Post all ${count} now`,
      command: 'replay',
      options: { mute: holder, ...(many && { confirm: 'yes' }) },
      ...(many && {
        confirm: { title: 'Post them all?', text: `This posts ${count} messages here.`, yes: 'Post them' },
      }),
    },
    {
      label: 'What was held',
      command: 'history',
      options: { ...(endpointId !== undefined && { endpoint: endpointId }), state: 'held' },
    },
  ];
}
