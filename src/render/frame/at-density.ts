import type { Density } from '../../core/message/density.ts';
import type { CleanAction, Message } from '../../core/message/message.ts';

const FIELDS = 4;
/** One primary button, and one more. */
const BUTTONS = 2;

/** As much of a message as a density shows. Every other button waits behind ⋯. */
export function atDensity(message: Message, density: Density): Message {
  const { fields, actions } = message;
  if (density === 'compact') return { ...withoutDetails(message), actions: tuckedFrom(actions, 0), density };
  const shown = density === 'normal' ? fields.slice(0, FIELDS) : fields;
  return { ...message, fields: shown, actions: tuckedFrom(actions, BUTTONS), density };
}

/** A message as its first line, its context line and its buttons. */
export function withoutDetails({ author: _author, image: _image, ...message }: Message): Message {
  return { ...message, body: '', fields: [] };
}

function tuckedFrom(actions: readonly CleanAction[], count: number): readonly CleanAction[] {
  return actions.map((action, index) => (index < count ? action : { ...action, tucked: true }));
}
