import type { Proposal } from '../../core/command/desks/rule-desk.ts';
import type { ConditionInput } from '../../core/event/condition.ts';
import { quote } from './cel-text.ts';

/** The narrowest rules that would hide an event and its like, each by something else that it has. */
export function propose({ type, about }: ConditionInput): readonly Proposal[] {
  const { actor, state, branch, source, severity, tags } = about;
  // An alert's labels have a value; of a label that people put on a thing the name is all.
  const label = tags.find((tag) => !tag.includes('='));
  return [
    ...(actor ? [{ by: 'actor', what: `what ${actor} does`, when: `about.actor == ${quote(actor)}` } as const] : []),
    ...(state && state !== type
      ? [
          {
            by: 'state',
            what: `\`${type}\` events in the state ${state}`,
            when: `type == ${quote(type)} && about.state == ${quote(state)}`,
          } as const,
        ]
      : [{ by: 'state', what: `every \`${type}\` event`, when: `type == ${quote(type)}` } as const]),
    ...(branch
      ? [
          {
            by: 'branch',
            what: `\`${type}\` events on ${branch}`,
            when: `type == ${quote(type)} && about.branch == ${quote(branch)}`,
          } as const,
        ]
      : []),
    ...(label
      ? [{ by: 'label', what: `events labelled ${label}`, when: `${quote(label)} in about.tags` } as const]
      : []),
    ...(source
      ? [
          {
            by: 'source',
            what: `${severity} events of ${source}`,
            when: `about.source == ${quote(source)} && about.severity == ${quote(severity)}`,
          } as const,
        ]
      : []),
  ];
}
