import type { Changes } from '../../core/command/changes.ts';
import type { Command, Form, Reply } from '../../core/command/command.ts';
import { type Caller, personOf } from '../../core/command/permission.ts';
import { reply } from '../../core/command/reply.ts';

interface Unzoned {
  readonly name: string;
  readonly command: Pick<Command, 'options'>;
  readonly options: Readonly<Record<string, string>>;
  /** The option that holds a time of day. */
  readonly zoned: string;
}

/** A time of day whose zone nobody has said: asks for it, once. */
export function askForZone({ name, command, options, zoned }: Unzoned): Reply {
  const [zone = 'zone'] = Object.entries(command.options).find(([, { type }]) => type === 'zone') ?? [];
  const form: Form = {
    command: name,
    title: 'Your time zone',
    ask: [zone],
    options,
    submit: `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
  };
  return reply(
    `Which time zone is \`${zoned}\` in? Say it once, such as \`${zone}=Europe/Berlin\`, and Bellhop reads your times in it from then on.`,
    { form, data: { code: 'zone_needed', field: zone } },
  );
}

/** Keeps the time zone that somebody said. */
export async function rememberZone(zone: string, caller: Caller, changes: Changes): Promise<void> {
  const person = personOf(caller);
  await changes.settings((settings) => ({
    change: {
      action: 'zone',
      detail: `chose the time zone ${zone}`,
      ...(settings.zones?.[person] && { before: settings.zones[person] }),
      after: zone,
    },
    settings: { ...settings, zones: { ...settings.zones, [person]: zone } },
    result: undefined,
  }));
}
