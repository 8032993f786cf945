import type { CommandRunner, Form } from '../../../core/command/command.ts';
import type { Caller } from '../../../core/command/permission.ts';
import { encodeAction } from '../../../core/message/action-text.ts';
import { within } from '../connection/within.ts';
import type { DiscordRow } from '../message/payload.ts';
import type { ShortNames } from '../message/short-names.ts';
import { fitsModal, toModal } from './to-modal.ts';

export interface Forms {
  /** The modal that asks for a form's options. */
  modal(form: Form, caller: Caller): Promise<object | undefined>;
  /** A form with all options of a command. */
  whole(command: string, options: Readonly<Record<string, string>>): Form | undefined;
  /** A button that opens a form later, where none can be opened now. */
  row(form: Form): DiscordRow;
  /** The form behind such a button; nothing for any other, `forgotten` when a restart came between. */
  read(customId: string): Promise<Form | 'forgotten' | undefined>;
}

const PREFIX = 'form:';
const ID_LENGTH = 100;
/** The modal must be the first answer, within three seconds. */
const PATIENCE = 500;

export function createForms(run: CommandRunner, names: ShortNames): Forms {
  return {
    async modal(form, caller) {
      const command = run.commands.get(form.command);
      if (!command || !fitsModal(form)) return undefined;
      const asked = new Set(form.ask);
      const options = Object.fromEntries(Object.entries(form.options).filter(([name]) => !asked.has(name)));
      const text = encodeAction({ command: form.command, options });
      const customId = text.length <= ID_LENGTH ? text : names.shorten(text);
      const suggest = (option: string) =>
        within(PATIENCE, run.complete({ command: form.command, option, typed: '', caller }), []);
      return toModal({ form, command, customId, suggest });
    },
    whole(command, options) {
      const { options: known = {} } = run.commands.get(command) ?? {};
      const ask = Object.keys(known);
      if (ask.length === 0) return undefined;
      // The form travels in a button and shows what it was given, and no secret may do either.
      const given = Object.fromEntries(Object.entries(options).filter(([name]) => !known[name]?.secret));
      return { command, title: `/webhook ${command}`, ask, options: given, submit: 'Run' };
    },
    row: (form) => ({
      type: 1,
      components: [
        {
          type: 2,
          style: 1,
          label: 'Fill in…',
          custom_id: `${PREFIX}${names.shorten(JSON.stringify(form), ID_LENGTH - PREFIX.length)}`,
        },
      ],
    }),
    async read(customId) {
      if (!customId.startsWith(PREFIX)) return undefined;
      const text = await names.lengthen(customId.slice(PREFIX.length));
      return (text !== undefined && toForm(text)) || 'forgotten';
    },
  };
}

/** What `row` wrote, perhaps long ago and in other words than ours. */
function toForm(text: string): Form | undefined {
  try {
    const form: Partial<Form> = JSON.parse(text);
    const { command, title, ask, options } = form;
    const whole = typeof command === 'string' && typeof title === 'string' && Array.isArray(ask) && options;
    return whole ? (form as Form) : undefined;
  } catch {
    return undefined;
  }
}
