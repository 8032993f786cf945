import type { HookEvent } from '../../core/event/event.ts';
import type { NewPost } from '../../core/event/post.ts';
import { inlineCode, sentenceMarkdown } from '../../core/message/markdown/inline-code.ts';
import { escapeMarkdown } from '../../core/message/message.ts';
import type { Endpoint } from '../../core/settings/endpoint.ts';
import { toNotices } from './to-notices.ts';

/** What an endpoint's channels are sent when one of its events was set aside. */
export function toSetAsideNotice(
  { id, type, endpointId }: HookEvent,
  { endpoint, reason }: { readonly endpoint: Endpoint | undefined; readonly reason: string },
): readonly NewPost[] {
  const from = endpoint ? escapeMarkdown(endpoint.name) : 'a deleted endpoint';
  return toNotices(endpoint?.routes ?? [], endpointId, {
    title: { text: 'An event was set aside' },
    body: `Event ${inlineCode(id)} (${inlineCode(type)}) of ${from} ${sentenceMarkdown(reason)}.\nIt is kept, and the events after it are posted as usual. Others that fail for the same reason are set aside without a notice; the history lists them as failed.`,
    actions: [
      { label: 'Why', command: 'why', options: { event: id } },
      {
        label: 'All of them',
        command: 'history',
        options: { state: 'failed', ...(endpoint && { endpoint: endpoint.id }) },
      },
      { label: 'Replay', command: 'replay', options: { event: id } },
    ],
  });
}
