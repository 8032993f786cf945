import type { Command } from '../../../core/command/command.ts';
import { type Caller, personOf } from '../../../core/command/permission.ts';
import { parseMoment } from '../../../core/command/spoken-moment.ts';
import { decodeAction, encodeAction } from '../../../core/message/action-text.ts';
import { quoted } from '../../../core/message/inline-code.ts';
import type { SettingsStore } from '../../../core/settings/settings.ts';
import { findTimeZone, nearestTimeZone } from '../../../core/text/time-zone.ts';
import type { DiscordRow } from '../message/payload.ts';
import type { ShortNames } from '../message/short-names.ts';
import type { Asked } from './answers.ts';

/** Asks people once for their time zone, which Discord does not tell, and remembers it. */
export interface Zones {
  of(person: string): string | undefined;
  /** Whether a command means another moment in another zone. */
  matters(asked: Asked, command: Command | undefined, now: Date): Promise<boolean>;
  /** The modal that asks for the zone before a command runs. */
  modal(asked: Asked): object;
  /** A button that opens it, where none can be opened now. */
  row(asked: Asked): DiscordRow;
  /** The command that waits for the zone behind such a button or modal; nothing for any other, `forgotten` after a restart. */
  read(customId: string): Asked | 'forgotten' | undefined;
  /** Remembers what somebody typed, or says what is wrong with it. Throws `AppError`. */
  keep(caller: Caller, typed: string): Promise<{ readonly zone: string } | { readonly problem: string }>;
}

export interface ZoneParts {
  readonly settings: Pick<SettingsStore, 'current' | 'update'>;
  readonly names: ShortNames;
}

const PREFIX = 'zone:';
const ID_LENGTH = 100;
/** As far apart as zones can be. */
const [WESTMOST, EASTMOST] = ['-12:00', '+14:00'];

export function createZones({ settings, names }: ZoneParts): Zones {
  const idOf = (asked: Asked) => `${PREFIX}${names.shorten(encodeAction(asked), ID_LENGTH - PREFIX.length)}`;

  return {
    of(person) {
      const { zones = {} } = settings.current;
      return Object.hasOwn(zones, person) ? zones[person] : undefined;
    },
    async matters({ options }, command, now) {
      for (const [name, { type }] of Object.entries(command?.options ?? {})) {
        const text = type === 'moment' ? options[name]?.trim() : undefined;
        if (!text) continue;
        const [west, east] = [await parseMoment(text, now, WESTMOST), await parseMoment(text, now, EASTMOST)];
        if (west?.getTime() !== east?.getTime()) return true;
      }
      return false;
    },
    modal: (asked) => ({
      custom_id: idOf(asked),
      title: 'Your time zone',
      components: [
        {
          type: 18,
          label: 'Time zone',
          description: 'Discord does not say which is yours. Bellhop remembers it.',
          component: {
            type: 4,
            custom_id: 'zone',
            style: 1,
            required: true,
            max_length: 60,
            placeholder: 'Europe/Berlin',
          },
        },
      ],
    }),
    row: (asked) => ({
      type: 1,
      components: [{ type: 2, style: 1, label: 'Choose my time zone', custom_id: idOf(asked) }],
    }),
    read(customId) {
      if (!customId.startsWith(PREFIX)) return undefined;
      const text = names.lengthen(customId.slice(PREFIX.length));
      return (text !== undefined && decodeAction(text)) || 'forgotten';
    },
    async keep(caller, typed) {
      const zone = findTimeZone(typed);
      if (!zone) {
        const near = nearestTimeZone(typed);
        const hint = near ? ` Did you mean \`${near}\`?` : '';
        return {
          problem: `${quoted(typed)} is no time zone that Bellhop knows.${hint} Write it like \`Europe/Berlin\`.`,
        };
      }
      await settings.update((now) => ({ ...now, zones: { ...now.zones, [personOf(caller)]: zone } }));
      return { zone };
    },
  };
}
