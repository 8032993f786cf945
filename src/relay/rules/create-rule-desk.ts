import type { RuleDesk } from '../../core/command/desks/rule-desk.ts';
import { OptionError } from '../../core/errors.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { SecretMask } from '../../core/settings/secret-mask.ts';
import { Mistake } from '../../filter/explain-mistake.ts';
import { readCondition } from '../../filter/read-condition.ts';
import { toInput } from '../../filter/to-input.ts';
import { readEvent } from '../../reading/read-event.ts';
import { findObstacles } from './find-obstacles.ts';
import { propose } from './propose.ts';
import { toConditionText } from './short-forms.ts';
import { createTry, type TryParts } from './try-rules.ts';

export interface RuleDeskParts extends Omit<TryParts, 'onProgress'> {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly mask: SecretMask;
  /** Called now and then while rules are tried, with how many events were looked at. */
  readonly onTrial?: TryParts['onProgress'];
}

/** What commands and the API ask of rules. */
export function createRuleDesk({ onTrial = () => undefined, ...parts }: RuleDeskParts): RuleDesk {
  const { providers, settings, mask } = parts;
  return {
    condition: (typed) => toConditionText(typed, check),
    check,
    try: createTry({ ...parts, onProgress: onTrial }),
    obstacles(event) {
      const read = readEvent(event, providers.get(event.provider), mask);
      return findObstacles(event, { read, title: parts.titleOf(event, read), settings: settings.current });
    },
    propose(event) {
      const { incoming, parts: about } = readEvent(event, providers.get(event.provider), mask);
      const { type, provider, receivedAt, endpointId, decision } = event;
      const severity = decision?.severity ?? about.severity ?? 'info';
      const endpoint = settings.current.endpoints.find(({ id }) => id === endpointId)?.name ?? '';
      const titled = { ...about, title: event.about?.title ?? '' };
      return propose(toInput({ type, provider, endpoint, about: titled, severity, incoming, now: receivedAt }));
    },
  };
}

function check(typed: string, field: string): string {
  try {
    return readCondition(typed).text;
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    throw new OptionError(field, `\`${field}\` cannot be used. ${error.message}`, { code: 'bad_condition' });
  }
}
