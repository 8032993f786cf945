import { useMemo, useRef, useState } from 'preact/hooks';
import type { CommandAction } from '../../core/message/message.ts';
import type { Live } from '../api/live.ts';
import { request } from '../api/request.ts';
import { type Invocation, runCommand } from '../api/run-command.ts';
import type { CommandDescription, CommandReply, FormDescription } from '../api/shapes.ts';
import { LookSwitch, useLook } from '../draw/look-switch.tsx';
import { messageOf } from '../kit/failure.tsx';
import { useStable } from '../kit/hooks/use-stable.ts';
import { Skeleton } from '../kit/skeleton.tsx';
import { useResource } from '../kit/use-resource.ts';
import { ChannelList } from './channels/channel-list.tsx';
import type { Channels } from './channels/use-channels.ts';
import { CommandLine } from './command-line.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { FormDialog, type FormProblem } from './form-dialog.tsx';
import { failureOf } from './notes/note.ts';
import type { Notes } from './notes/use-notes.ts';
import { TimelineView } from './timeline/timeline-view.tsx';
import { useAnnouncement } from './use-announcement.ts';
import { useTrial } from './use-trial.ts';

export interface ChatProps {
  readonly channel: string;
  /** The message that the page's address names. */
  readonly message: string | undefined;
  readonly channels: Channels;
  readonly live: Live;
  /** What was picked to be written on the command line. */
  readonly draft: { readonly text: string } | undefined;
  readonly onDraft: (draft: { readonly text: string } | undefined) => void;
  readonly notes: Notes;
  readonly onFind: () => void;
}

/** A channel: its messages, and the line on which commands are typed. */
export function Chat({ channel, message, channels, live, draft, onDraft, notes, onFind }: ChatProps) {
  const tried = useTrial(live);
  const { content: commands = [] } = useResource('commands', loadCommands);
  const [look, setLook] = useLook();
  const [asked, setAsked] = useState<CommandAction>();
  const [form, setForm] = useState<FormDescription>();
  const [replies, setReplies] = useState(0);
  const newestAt = useRef<string | undefined>(undefined);
  const announcement = useAnnouncement(channel, live);
  const opening = channels.all?.find(({ name }) => name === channel);
  const shownNotes = useNotesOf(channel, notes);
  const find = useStable(onFind);

  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();

  async function send(invocation: Invocation): Promise<CommandReply> {
    const reply = await runCommand({ ...invocation, channel, timeZone });
    channels.reload();
    if (reply.visibleTo === 'channel') setReplies((now) => now + 1);
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
    // Bellhop's clock may be ahead of this browser's, and a reply comes after what was there.
    const newest = Date.parse(newestAt.current ?? '') + 1;
    const at = new Date(Math.max(Date.now(), newest || 0)).toISOString();
    notes.add({ channel, typed, at, reply });
  }

  function act(action: CommandAction): void {
    if (action.confirm) setAsked(action);
    else void run(toInvocation(action));
  }

  return (
    <div class="chat">
      <ChannelList channels={channels.all ?? []} current={channel} onFind={find} />
      <section class="channel" aria-labelledby="channel-title">
        <header class="bar">
          <h1 id="channel-title"># {channel}</h1>
          <LookSwitch look={look} onChange={setLook} />
        </header>
        {opening ? (
          <TimelineView
            channel={channel}
            channels={channels}
            opening={opening}
            message={message}
            replies={replies}
            newestAt={newestAt}
            notes={shownNotes}
            live={live}
            look={look}
            onAction={act}
            onDismiss={notes.dismiss}
            onPick={(text) => onDraft({ text })}
          />
        ) : (
          <Skeleton rows={4} label="Loading messages" />
        )}
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

function useNotesOf(channel: string, { all }: Notes) {
  return useMemo(() => all.filter((note) => note.channel === channel), [channel, all]);
}

function toInvocation({ command, options }: CommandAction): Invocation {
  return { command, options };
}

function toFailedReply(text: string): CommandReply {
  return { text, visibleTo: 'caller' };
}
