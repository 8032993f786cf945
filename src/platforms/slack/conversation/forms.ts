import { type CommandRunner, type Form, type Option, optionsOf } from '../../../core/command/command.ts';
import type { Caller } from '../../../core/command/permission.ts';
import { AppError } from '../../../core/errors.ts';
import type { Log } from '../../../core/log.ts';
import { partOf, textOf } from '../connection/answer-parts.ts';
import type { SlackCall } from '../connection/web-calls.ts';
import type { Addressee } from './answer.ts';
import type { Channels } from './channels.ts';
import { givenFor, type ModalView, toFormView } from './form-view.ts';

/** A modal's memory: which command it asks for, what is known already, and where the answer goes. */
export interface FormMemory {
  readonly command: string;
  readonly options: Readonly<Record<string, string>>;
  readonly to: Addressee & { readonly channelName?: string };
}

export interface Forms {
  /** Shows a form; false when the trigger is too old or the form too large, so that the words of the reply must do. */
  open(
    at: Addressee & { readonly channelName?: string; readonly trigger?: string },
    form: Form,
    caller: () => Promise<Caller>,
  ): Promise<boolean>;
  /** A form as a modal, to put in place of another. */
  toView(to: FormMemory['to'], form: Form, caller: Caller): Promise<ModalView | undefined>;
}

/** The completer may give no more than this: a list as long as that may lack something. */
const WHOLE_LIST = 25;
const LISTED: ReadonlySet<Option['complete']> = new Set(['endpoint', 'provider', 'mute', 'command']);

export interface FormsParts {
  readonly call: SlackCall;
  readonly run: CommandRunner;
  readonly channels: Channels;
  readonly log: Log;
}

export function createForms({ call, run, channels, log }: FormsParts): Forms {
  async function toView(to: FormMemory['to'], form: Form, caller: Caller): Promise<ModalView | undefined> {
    const options = optionsOf(form, run.commands.get(form.command));
    const asked = form.ask.flatMap((name) =>
      Object.hasOwn(options, name) && options[name] ? ([[name, options[name]]] as const) : [],
    );
    const look = (option: string, typed: string) => run.complete({ command: form.command, option, typed, caller });
    const [found, chosen] = await Promise.all([
      entries(asked, async (name, option) => (isListed(option) ? look(name, '') : undefined)),
      entries(asked, async (name, option) => channelFor(option, givenFor(form, name))),
    ]);
    const searched = await entries(asked, async (name) => {
      if ((found.get(name)?.length ?? 0) < WHOLE_LIST) return undefined;
      const given = givenFor(form, name);
      return { given: given ? (await look(name, given)).find(({ value }) => value === given) : undefined };
    });
    const known = Object.entries(form.options).filter(([name]) => !form.ask.includes(name));
    const memory: FormMemory = { command: form.command, options: Object.fromEntries(known), to };
    return toFormView(form, { options, lists: found, searched, channels: chosen, metadata: JSON.stringify(memory) });
  }

  async function channelFor({ type }: Option, given: string): Promise<string | undefined> {
    if (type !== 'channel' || !given) return undefined;
    const channel = await channels.find(given).catch(() => undefined);
    return channel?.id;
  }

  return {
    toView,
    async open({ trigger, ...to }, form, caller) {
      if (!trigger) return false;
      try {
        const view = await toView(to, form, await caller());
        if (!view) return false;
        await call('views.open', { trigger_id: trigger, view });
        return true;
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        log.info({ platform: 'slack', code: error.code, command: form.command }, 'a form could not be shown');
        return false;
      }
    },
  };
}

/** Whether an option takes one of what there is, and nothing else. */
function isListed({ choices, complete }: Option): boolean {
  return !choices && LISTED.has(complete);
}

/** What a modal of ours remembers; nothing for any other modal. */
export function memoryOf(view: unknown): FormMemory | undefined {
  try {
    const memory: unknown = JSON.parse(textOf(view, 'private_metadata') ?? '');
    const [command, options, to] = [textOf(memory, 'command'), partOf(memory, 'options'), partOf(memory, 'to')];
    // Slack gives back what `toView` wrote, signed on the way.
    return command && options && to ? (memory as FormMemory) : undefined;
  } catch {
    return undefined;
  }
}

async function entries<T>(
  asked: readonly (readonly [string, Option])[],
  look: (name: string, option: Option) => Promise<T | undefined>,
): Promise<ReadonlyMap<string, T>> {
  const found = await Promise.all(asked.map(async ([name, option]) => [name, await look(name, option)] as const));
  return new Map(found.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}
