import type { Reply } from '../../../core/command/command.ts';
import { reply } from '../../../core/command/reply.ts';
import { inlineCode } from '../../../core/message/markdown/inline-code.ts';
import { escapeMarkdown, type Markdown, type Mention, SENTINEL, toMessage } from '../../../core/message/message.ts';
import { isSamePlace } from '../../../core/settings/channel.ts';
import type { Route } from '../../../core/settings/endpoint.ts';
import { describePlace } from '../find-place.ts';
import type { TemplateCall } from './context.ts';
import { keepDraft, type Written } from './drafts.ts';
import { sideBySide } from './preview.ts';
import type { TryOut } from './try-out.ts';
import { describeOutcome, describeScope, nameOf } from './words.ts';

/** People who are asked by name. */
const ASKED = 5;

/** Shows those who may save a text what it does, with a button that saves it. */
export async function propose(written: Written, outcome: TryOut, call: TemplateCall): Promise<Reply> {
  const { target } = written;
  const { caller, parts } = call;
  const { relay, changes, platforms } = parts;
  const { endpoint, key, scope } = target;
  const draft = await keepDraft(written, call);
  const place = placeFor(endpoint.routes, call);
  const name = inlineCode(nameOf(key));
  if (!place)
    return reply(
      `Your text for ${name} is kept, and nobody could be asked: ${inlineCode(endpoint.name)} has no channel. Ask an owner to run ${inlineCode(`/webhook template save draft=${draft.id}`)}.`,
      { severity: 'warning', data: { code: 'no_channel', draft: draft.id } },
    );
  const { asked, mentions } = whom(written, place);
  const options = { draft: draft.id };
  const differ = `With it, ${describeOutcome(outcome)}.`;
  const message = toMessage({
    title: { text: `${caller.userName} proposes to change ${nameOf(key)}` },
    body: [
      `${asked}It would count ${escapeMarkdown(describeScope(target, place, platforms))}. ${outcome.tried > 0 ? differ : 'No event has come yet to try it on.'}`,
      // Events of other endpoints are nothing for this channel.
      ...sideBySide({
        ...outcome,
        changed: outcome.changed.filter(({ event }) => event.endpointId === endpoint.id),
        failed: [],
      }).slice(0, 3),
    ].join('\n\n'),
    mentions,
    actions: [
      { label: 'Save', command: 'template', options: { action: 'save', ...options }, style: 'primary' },
      { label: 'Preview', command: 'template', options: { action: 'preview', ...options } },
      { label: 'Discard', command: 'template', options: { action: 'discard', ...options }, tucked: true },
    ],
  });
  await changes.record(
    { action: 'template', endpointId: endpoint.id, detail: `proposed a change of ${nameOf(key)}` },
    () => relay.notify([{ ...place, state: 'due', endpointId: endpoint.id, message }]),
  );
  const who = scope === 'everyone' ? 'admins' : `the owners of ${inlineCode(endpoint.name)}`;
  return reply(
    `Only ${who} may save this. They were asked in ${escapeMarkdown(describePlace(place, caller, platforms))}, with a preview and a button that saves it.`,
    { severity: 'good', data: { proposed: true, draft: draft.id } },
  );
}

type Place = Pick<Route, 'platform' | 'channel' | 'channelName'>;

/** Where they are asked: here, where the endpoint posts here; else in a channel of the same platform; else in any. */
function placeFor(routes: readonly Route[], { caller }: TemplateCall): Place | undefined {
  const best =
    routes.find((route) => isSamePlace(route, caller)) ??
    routes.find(({ platform }) => platform === caller.platform) ??
    routes[0];
  return best && { platform: best.platform, channel: best.channel, channelName: best.channelName };
}

/** The owners that the channel's platform knows, each pinged once. What counts for everyone is for admins, whom nobody can name. */
function whom(
  { target: { endpoint, scope } }: Written,
  { platform }: Place,
): { readonly asked: Markdown; readonly mentions: readonly Mention[] } {
  if (scope === 'everyone') return { asked: 'For an admin to decide. ', mentions: [] };
  const prefix = `${platform}:`;
  const mentions = endpoint.owners
    .filter((owner) => owner.startsWith(prefix) && !owner.startsWith(`${prefix}&`))
    .slice(0, ASKED)
    .map((owner) => {
      const id = owner.slice(prefix.length);
      return { name: id, ids: { [platform]: id } };
    });
  const names = mentions.map((_, index) => `${SENTINEL.open}m${index}${SENTINEL.close}`);
  return { asked: names.length > 0 ? `${names.join(' ')} ` : '', mentions };
}
