import { useEffect, useState } from 'preact/hooks';
import type { CommandAction } from '../../core/message/message.ts';
import type { Live } from '../api/live.ts';
import { request } from '../api/request.ts';
import { type Invocation, runCommand } from '../api/run-command.ts';
import type { CommandDescription, CommandReply, FormDescription } from '../api/shapes.ts';
import { LookSwitch, useLook } from '../draw/look-switch.tsx';
import { messageOf } from '../kit/failure.tsx';
import { useResource } from '../kit/use-resource.ts';
import { ChannelList } from './channel-list.tsx';
import { CommandLine } from './command-line.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { FormDialog, type FormProblem } from './form-dialog.tsx';
import { failureOf, type Note } from './note.ts';
import { TimelineView } from './timeline-view.tsx';
import { useChannels } from './use-channels.ts';
import { useTimeline } from './use-timeline.ts';
import { useTrial } from './use-trial.ts';

export interface ChatProps {
  readonly channel: string;
  readonly live: Live;
  /** What was picked to be written on the command line. */
  readonly draft: { readonly text: string } | undefined;
  readonly onDraft: (draft: { readonly text: string } | undefined) => void;
  readonly notes: readonly Note[];
  readonly onNotes: (change: (notes: readonly Note[]) => readonly Note[]) => void;
}

/** A channel: its messages, and the line on which commands are typed. */
export function Chat({ channel, live, draft, onDraft, notes, onNotes }: ChatProps) {
  const timeline = useTimeline(channel, live);
  const tried = useTrial(live);
  const { channels, unread, reload } = useChannels(channel, live);
  const { content: commands = [] } = useResource('commands', loadCommands);
  const [look, setLook] = useLook();
  const [asked, setAsked] = useState<CommandAction>();
  const [form, setForm] = useState<FormDescription>();
  const announcement = useAnnouncement(channel, live);

  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();

  async function send(invocation: Invocation): Promise<CommandReply> {
    const reply = await runCommand({ ...invocation, channel, timeZone });
    reload();
    if (reply.visibleTo === 'channel') await timeline.refresh();
    return reply;
  }

  /** Runs a command and shows what comes of it; gives back whether it was understood. */
  async function run(invocation: Invocation): Promise<boolean> {
    const typed = 'text' in invocation ? invocation.text : undefined;
    try {
      const reply = await send(invocation);
      if (reply.form) setForm(reply.form);
      else if (reply.visibleTo === 'caller') addNote(reply, typed);
      // After a question with buttons, what was typed need not be corrected.
      return !failureOf(reply) || Boolean(reply.form) || Boolean(reply.message?.actions.length);
    } catch (error) {
      addNote(toFailedReply(messageOf(error)), typed);
      return false;
    }
  }

  async function submit(options: Readonly<Record<string, string>>): Promise<FormProblem | undefined> {
    if (!form) return undefined;
    try {
      const reply = await send({ command: form.command, options });
      const failure = failureOf(reply);
      if (failure) return { message: reply.text, field: failure.field };
      setForm(reply.form ?? undefined);
      if (!reply.form && reply.visibleTo === 'caller') addNote(reply, undefined);
      return undefined;
    } catch (error) {
      return { message: messageOf(error), field: undefined };
    }
  }

  function addNote(reply: CommandReply, typed: string | undefined): void {
    const newest = Math.max(
      Date.now(),
      ...(timeline.messages ?? []).slice(-1).map(({ postedAt }) => Date.parse(postedAt) + 1),
    );
    const note = { channel, typed, at: new Date(newest).toISOString(), reply };
    onNotes((now) => [...now, { ...note, id: `${newest}-${now.length}` }]);
  }

  function act(action: CommandAction): void {
    if (action.confirm) setAsked(action);
    else void run(toInvocation(action));
  }

  return (
    <div class="chat">
      <ChannelList channels={channels} current={channel} unread={unread} />
      <section class="channel" aria-labelledby="channel-title">
        <header class="bar">
          <h1 id="channel-title"># {channel}</h1>
          <LookSwitch look={look} onChange={setLook} />
        </header>
        <TimelineView
          channel={channel}
          timeline={timeline}
          notes={notes.filter((note) => note.channel === channel)}
          live={live}
          look={look}
          onAction={act}
          onDismiss={(note) => onNotes((now) => now.filter(({ id }) => id !== note.id))}
          onPick={(text) => onDraft({ text })}
        />
        {tried !== undefined && (
          <p class="trial" role="status">
            Trying the change on stored events: {tried.toLocaleString()} so far
          </p>
        )}
        <CommandLine
          channel={channel}
          commands={commands}
          draft={draft}
          onDrafted={() => onDraft(undefined)}
          onRun={(text) => run({ text })}
        />
      </section>
      <p class="unseen" role="status">
        {announcement}
      </p>
      {asked && (
        <ConfirmDialog
          action={asked}
          onClose={() => setAsked(undefined)}
          onYes={() => {
            setAsked(undefined);
            void run(toInvocation(asked));
          }}
        />
      )}
      {form && (
        <FormDialog
          key={JSON.stringify(form)}
          form={form}
          command={commands.find(({ name }) => name === form.command)}
          channel={channel}
          onSubmit={submit}
          onClose={() => setForm(undefined)}
        />
      )}
    </div>
  );
}

async function loadCommands(signal: AbortSignal): Promise<readonly CommandDescription[]> {
  const { commands } = await request<{ readonly commands: readonly CommandDescription[] }>('/commands', { signal });
  return commands;
}

/** What a screen reader says when a message arrives. */
function useAnnouncement(channel: string, live: Live): string {
  const [text, setText] = useState('');
  useEffect(
    () =>
      live.listen({
        message: (news) => {
          if (news.change === 'added' && news.channel === channel) setText(`New message: ${news.message.text}`);
        },
      }),
    [channel, live],
  );
  return text;
}

function toInvocation({ command, options }: CommandAction): Invocation {
  return { command, options };
}

function toFailedReply(text: string): CommandReply {
  return { text, visibleTo: 'caller' };
}
