import type { Mark } from '../../core/message/mark.ts';
import type { Field, LinkAction, Mention, MessageParts } from '../../core/message/message.ts';
import type { Severity } from '../../core/message/severity.ts';
import type { Person } from '../../core/settings/person.ts';
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
  /** Whom the template names, pinged or not, as the event calls them. */
  readonly named: string[];
  readonly people: readonly Person[];
  /** Whether somebody may be pinged. */
  readonly mayPing: (person: Person) => boolean;
  /** How the provider counts money, where it differs from others. */
  readonly minorUnits: MinorUnits;
  /** When the event arrived. */
  readonly receivedAt: Date;
}

export interface DraftParts {
  readonly people?: readonly Person[] | undefined;
  /** Whether somebody may be pinged; nobody when left out. */
  readonly pings?: ((person: Person) => boolean) | undefined;
  readonly receivedAt: Date;
  readonly minorUnits?: MinorUnits | undefined;
}

export function createDraft({ people = [], pings = () => false, receivedAt, minorUnits = {} }: DraftParts): Draft {
  return { fields: [], actions: [], mentions: [], named: [], people, mayPing: pings, minorUnits, receivedAt };
}
