import type { Mark } from '../../core/message/mark.ts';
import type { Field, LinkAction, Mention, MessageParts } from '../../core/message/message.ts';
import type { Severity } from '../../core/message/severity.ts';
import type { Person } from '../../core/settings/settings.ts';
import type { MinorUnits } from '../../core/text/money.ts';

/** A message in the making: effect helpers write here while a template renders. */
export interface Draft {
  severity?: Severity;
  mark?: Mark;
  title?: NonNullable<MessageParts['title']>;
  author?: NonNullable<MessageParts['author']>;
  footer?: string;
  image?: NonNullable<MessageParts['image']>;
  occurredAt?: string;
  fold?: boolean;
  readonly fields: Field[];
  readonly actions: LinkAction[];
  readonly mentions: Mention[];
  /** Whom the template may ping: nobody, unless the event was verified. */
  readonly people: readonly Person[];
  /** How the provider counts money, where it differs from others. */
  readonly minorUnits: MinorUnits;
  /** When the event arrived. */
  readonly receivedAt: Date;
}

export interface DraftContext extends Pick<Draft, 'people' | 'receivedAt'> {
  readonly minorUnits?: MinorUnits | undefined;
}

export function createDraft({ people, receivedAt, minorUnits = {} }: DraftContext): Draft {
  return { fields: [], actions: [], mentions: [], people, minorUnits, receivedAt };
}
