import type { Action, CommandAction } from '../../core/message/message.ts';

/** What the drawing of a message is given, whichever chat it draws. */
export interface DrawingProps {
  readonly payload: unknown;
  /** The messages that go on with it. */
  readonly continued?: readonly unknown[];
  readonly author: string;
  /** ISO 8601. */
  readonly at: string;
  readonly edited: boolean;
  /** Whether it goes on with the message above it, and needs no name of its own. */
  readonly continues?: boolean;
  readonly ephemeral?: boolean;
  readonly actions: readonly Action[];
  readonly onAction: ((action: CommandAction) => void) | undefined;
}
