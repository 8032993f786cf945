import type { NewPost } from '../../core/event/post.ts';
import { inlineCode } from '../../core/message/markdown/inline-code.ts';
import { escapeMarkdown } from '../../core/message/message.ts';
import { asksForSecret, type Provider } from '../../core/provider/provider.ts';
import type { Recognized } from '../../core/provider/recognize.ts';
import type { Endpoint } from '../../core/settings/endpoint.ts';
import { toNotices } from './to-notices.ts';

/**
 * What an endpoint's channels are sent when its first delivery has come, and nobody has said who sends it. What it holds is
 * shown to its owners alone, when they look at it.
 */
export function toFirstDeliveryNotice(
  { id, name, routes, secrets }: Endpoint,
  { candidates: [first], clear }: Recognized,
  provider: Provider | undefined,
): readonly NewPost[] {
  const looks = first
    ? `${clear ? 'It looks like' : 'It may be'} a delivery of ${escapeMarkdown(first.title)}; nothing proves that yet.`
    : 'Nothing in it says who sent it.';
  return toNotices(routes, id, {
    severity: 'info',
    title: { text: `${name}: the first delivery is here` },
    body: `${looks} It is held and not posted until an owner of ${inlineCode(name)} says who sends it.`,
    actions: [
      { label: 'Look at it', command: 'sender', options: { endpoint: id }, style: 'primary' },
      ...(first
        ? [
            {
              label: `It is ${first.title}`,
              command: 'sender',
              options: {
                endpoint: id,
                provider: first.provider,
                ...(provider && asksForSecret(provider) && secrets.length === 0 && { ask: 'true' }),
              },
            },
          ]
        : []),
      { label: 'Something else', command: 'sender', options: { endpoint: id, other: 'true' } },
    ],
  });
}
