import type { Step } from '../../core/event/decision.ts';
import type { HookEvent } from '../../core/event/event.ts';
import type { NewPost } from '../../core/event/post.ts';
import { inlineCode, sentenceMarkdown } from '../../core/message/markdown/inline-code.ts';
import type { Endpoint } from '../../core/settings/endpoint.ts';
import { toNotices } from './to-notices.ts';

/** What an endpoint's channels are sent when a condition could not be evaluated for the first time. */
export function toConditionFaultNotice(
  { id, endpointId }: HookEvent,
  {
    endpoint,
    fault: { condition, problem, effect },
  }: { readonly endpoint: Endpoint | undefined; readonly fault: NonNullable<Step['fault']> },
): readonly NewPost[] {
  const name = endpoint?.name ?? 'a deleted endpoint';
  return toNotices(endpoint?.routes ?? [], endpointId, {
    title: { text: `A condition of ${name} failed` },
    body: `${inlineCode(condition)} could not be evaluated for event ${inlineCode(id)}: ${sentenceMarkdown(problem)}.\nWherever it fails, ${effect}, without another notice. If the field may be missing, put ${inlineCode('has(payload.field) && …')} in front.`,
    actions: [
      { label: 'Why', command: 'why', options: { event: id } },
      ...(endpoint ? [{ label: 'Rules', command: 'rules', options: { endpoint: endpoint.id } }] : []),
    ],
  });
}
