import type { FalsePart, Obstacle } from '../../../core/command/desks/rule-desk.ts';
import type { RouteDecision } from '../../../core/event/decision.ts';
import { inlineCode, sentenceMarkdown } from '../../../core/message/markdown/inline-code.ts';
import { type CommandAction, escapeMarkdown, type Markdown, momentMarkdown } from '../../../core/message/message.ts';
import type { Endpoint } from '../../../core/settings/endpoint.ts';
import type { Mute } from '../../../core/settings/mute.ts';

export interface ChanceParts {
  readonly endpoint: Endpoint | undefined;
  readonly mutes: readonly Mute[];
}

/** What would have posted an event in a channel, as a sentence; nothing where it was to be posted. */
export function describeChance(
  { outcome, reason }: Pick<RouteDecision, 'outcome' | 'reason'>,
  obstacles: readonly Obstacle[] | undefined,
  parts: ChanceParts,
): Markdown | undefined {
  if (outcome === 'post' || !obstacles) return undefined;
  if (obstacles.length === 0) return 'With the current rules it would be posted. **Replay** posts it.';
  const fixed = obstacles.find((obstacle) => obstacle.by === 'other');
  if (fixed)
    return `None of your rules caused this${fixed.reason === reason ? '' : `: ${sentenceMarkdown(fixed.reason)}`}. **Replay** posts it.`;
  const later = obstacles.find((obstacle) => obstacle.by === 'hold');
  const named = obstacles.filter((obstacle) => obstacle !== later).map((obstacle) => nameObstacle(obstacle, parts));
  if (later && named.length === 0)
    return `The channel shows it later${later.reason === reason ? '' : `: ${sentenceMarkdown(later.reason)}`}. **Replay** posts it now.`;
  return `It would be posted ${named.join(', and ')}${later ? `, and then later: ${sentenceMarkdown(later.reason)}` : ''}.`;
}

/** `without the rule 1f0c of Mona`, `were payload.action == 'opened' true (it is "closed")`. */
function nameObstacle(obstacle: Obstacle, { endpoint, mutes }: ChanceParts): Markdown {
  switch (obstacle.by) {
    case 'rule': {
      const rule = endpoint?.rules?.find(({ id }) => id === obstacle.id);
      return `without the rule ${inlineCode(obstacle.id)}${rule ? ` of ${escapeMarkdown(rule.by)}` : ''}`;
    }
    case 'mute': {
      const mute = mutes.find(({ id }) => id === obstacle.id);
      return mute
        ? `without the mute of ${escapeMarkdown(mute.by)}${mute.until ? `, which ends ${momentMarkdown(new Date(mute.until))}` : ''}`
        : `without the mute ${inlineCode(obstacle.id)}`;
    }
    case 'filter':
    case 'when':
      return `if ${obstacle.parts.map(describeFalse).join(' and ')}`;
    case 'otherwise':
      return 'if no other channel’s condition were true';
    case 'follow':
      return `if the channel showed what goes on by edits (${inlineCode('/webhook route … follow=edit')})`;
    case 'hold':
    case 'other':
      return `without this: ${sentenceMarkdown(obstacle.reason)}`;
  }
}

function describeFalse({ text, values }: FalsePart): Markdown {
  const having = values.map(({ path, value }) => `${inlineCode(path)} is ${inlineCode(value)}`).join(', ');
  return `${inlineCode(text)} were true${having && ` (${having})`}`;
}

/** The buttons to what keeps events of an endpoint from being posted, each once. */
export function obstacleActions(
  obstacles: readonly Obstacle[],
  endpoint: Pick<Endpoint, 'id'>,
): readonly CommandAction[] {
  const actions = obstacles.flatMap((obstacle): CommandAction[] => {
    if (obstacle.by === 'rule')
      return [{ label: 'Show the rule', command: 'rules', options: { endpoint: endpoint.id, rule: obstacle.id } }];
    if (obstacle.by === 'mute')
      return [{ label: 'Unmute', command: 'unmute', options: { endpoint: endpoint.id, mute: obstacle.id } }];
    if (obstacle.by === 'other' || obstacle.by === 'hold' || obstacle.by === 'follow') return [];
    return [{ label: 'Show the conditions', command: 'rules', options: { endpoint: endpoint.id } }];
  });
  return [...new Map(actions.map((action) => [JSON.stringify(action.options) + action.command, action])).values()];
}
