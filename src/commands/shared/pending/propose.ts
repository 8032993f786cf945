import type { CommandParts, Reply } from '../../../core/command/command.ts';
import type { PendingState } from '../../../core/command/desks/pending-desk.ts';
import { reply } from '../../../core/command/reply.ts';
import { inlineCode } from '../../../core/message/markdown/inline-code.ts';
import { escapeMarkdown, type Markdown, momentMarkdown } from '../../../core/message/message.ts';
import { ANY_SENDER } from '../../../core/provider/provider.ts';
import type { Endpoint } from '../../../core/settings/endpoint.ts';
import { pendingUntil } from '../../../core/settings/pending.ts';
import { plural } from '../../../core/text/line.ts';
import { itIsAction, otherAction } from './actions.ts';
import { previewMarkdown } from './preview-markdown.ts';

/** Who sent what a pending endpoint holds, as far as it shows, with what its message would be. For its owners alone. */
export async function propose(endpoint: Endpoint, { pending, providers }: CommandParts): Promise<Reply> {
  const { id, name } = endpoint;
  const state = await pending.state(id);
  if (state.held === 0)
    return reply(
      `Nothing has come to ${inlineCode(name)} yet. It waits until ${momentMarkdown(pendingUntil(endpoint))}.`,
      {
        title: `${name} waits for its first delivery`,
        actions: [otherAction(endpoint)],
        data: { held: 0, candidates: [] },
      },
    );
  const [first] = state.candidates;
  const shown = state.onlyAsks ? undefined : await pending.preview(id, first?.provider ?? ANY_SENDER);
  return reply(
    [
      describeHeld(state),
      describeCandidates(state),
      ...(shown
        ? [
            `As a delivery of ${escapeMarkdown(first?.title ?? 'any sender')}, its message would be:`,
            previewMarkdown(shown),
          ]
        : []),
      ...(state.onlyAsks
        ? ['It only asks whether the URL is yours, and was not answered. Say who it is, then have it ask again.']
        : []),
      'Nothing proves who sent it until it is verified with a secret.',
    ].join('\n\n'),
    {
      title: `${name}: who is it?`,
      actions: [
        ...state.candidates.map((candidate, index) => ({
          ...itIsAction(endpoint, candidate, providers.get(candidate.provider)),
          ...(index === 0 && { style: 'primary' as const }),
        })),
        otherAction(endpoint),
      ],
      data: {
        held: state.held,
        clear: state.clear,
        candidates: state.candidates.map(({ provider, title }) => ({ provider, title })),
      },
    },
  );
}

function describeHeld({ held, first }: PendingState): Markdown {
  const what = first
    ? `: ${inlineCode(first.method)} with ${plural(first.bytes, 'byte')}, ${momentMarkdown(first.receivedAt, 'relative')}`
    : '';
  return held === 1 ? `One delivery is held${what}.` : `${held} deliveries are held. The first${what}.`;
}

function describeCandidates({ candidates, clear }: PendingState): Markdown {
  const [first, ...others] = candidates.map(({ title }) => escapeMarkdown(title));
  if (!first) return 'Nothing in it says who sent it.';
  if (clear) return `It looks like a delivery of **${first}**.`;
  return `It may be a delivery of **${first}**${others.length ? `, or of ${others.join(', ')}` : ''}.`;
}
