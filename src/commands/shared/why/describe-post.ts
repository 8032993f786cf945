import type { Ping } from '../../../core/event/decision.ts';
import type { Because, Plan, StandingMessage } from '../../../core/event/plan.ts';
import type { StoredPost } from '../../../core/event/post.ts';
import { inlineCode, sentenceMarkdown } from '../../../core/message/markdown/inline-code.ts';
import { escapeMarkdown, type Markdown, momentMarkdown } from '../../../core/message/message.ts';
import { heldByRoute } from '../../../core/settings/route-hold.ts';

/** What became of a post, as a clause. */
export function describePost(
  { state, muteId, attempts, error, settledAt, ref, plan, template, refresh }: StoredPost,
  { gone = false }: { readonly gone?: boolean } = {},
): Markdown {
  const tries = attempts > 1 ? ` after ${attempts} attempts` : '';
  const without = ref?.leftOut?.length ? `, without ${escapeMarkdown(ref.leftOut.join(', '))}` : '';
  const by = template === 'generic' ? ', without a template' : template ? `, by ${inlineCode(template)}` : '';
  const deleted = gone ? '; **the message was deleted there since**' : '';
  if (state === 'posted') return `${describePlan(plan, settledAt)}${tries}${by}${without}${deleted}`;
  if (state === 'failed' && refresh)
    return `its message could not be brought up to date: ${sentenceMarkdown(error ?? 'no reason was given')}`;
  if (state === 'failed') return `failed${tries}: ${sentenceMarkdown(error ?? 'no reason was given')}`;
  if (state === 'held') return heldByRoute(muteId) ? 'held until the digest' : 'held until the mute ends';
  if (state === 'dropped') return `dropped ${settledAt ? momentMarkdown(settledAt) : ''}`;
  return error ? `waiting to try again${tries}: ${sentenceMarkdown(error)}` : 'on its way';
}

/** Whether somebody is pinged by a message, and why not. */
export function describePing({ name, outcome, reason }: Ping, rolledUp: Plan | undefined): Markdown {
  const who = escapeMarkdown(name);
  if (outcome === 'ping' && rolledUp?.act === 'rollUp')
    return rolledUp.pings?.includes(name)
      ? `  - pings ${who}, once for all in the roll-up`
      : `  - does not ping ${who}: the roll-up was already posted, and an edit pings nobody, or it is not critical`;
  return outcome === 'ping' ? `  - pings ${who}` : `  - does not ping ${who}: ${sentenceMarkdown(reason)}`;
}

/** What was done with a post, and when. */
function describePlan(plan: Plan | undefined, settledAt: Date | undefined): Markdown {
  const at = settledAt ? ` ${momentMarkdown(settledAt)}` : '';
  switch (plan?.act) {
    case undefined:
    case 'post':
      return plan?.because && plan.after
        ? `posted again${at}, ${REASONS[plan.because](standing(plan.after))}`
        : `posted${at}`;
    case 'edit':
      return `edited ${standing(plan.of)}${at && `,${at}`}`;
    case 'count':
      return `counted on ${standing(plan.of)}, which says the same${at && `,${at}`}`;
    case 'reply':
      return `replied in the thread of ${standing(plan.of)}${at && `,${at}`}`;
    case 'keep':
      return `shown nowhere${at}: ${standing(plan.of)} shows what came later`;
    case 'rollUp':
      return plan.of ? `in the roll-up of ${moment(plan.of)}${at && `,${at}`}` : `in a roll-up${at}`;
    case 'gathered':
      return `gathered into ${standing(plan.of)}, with what came later`;
  }
}

const REASONS: Readonly<Record<Because, (earlier: Markdown) => Markdown>> = {
  again: (earlier) => `because what ${earlier} showed was over`,
  worse: (earlier) => `because it is more severe than ${earlier}, and an edit notifies nobody`,
  reminder: (earlier) => `because ${earlier} is unchanged but old`,
  ping: (earlier) => `because editing ${earlier} would ping nobody`,
  gone: (earlier) => `because ${earlier} can no longer be edited`,
  rolledUp: (earlier) => `because ${earlier} shows many others as well`,
};

function standing(message: StandingMessage): Markdown {
  return `the message of ${moment(message)}`;
}

function moment({ postedAt }: StandingMessage): Markdown {
  return momentMarkdown(new Date(postedAt));
}
