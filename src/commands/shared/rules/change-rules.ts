import type { SettingsChange } from '../../../core/command/changes.ts';
import { OptionError } from '../../../core/errors.ts';
import type { Endpoint } from '../../../core/settings/endpoint.ts';
import { endpointNow, withEndpoint } from '../../../core/settings/endpoint-lookup.ts';
import { describeRule, type Rule } from '../../../core/settings/rule.ts';
import type { Settings } from '../../../core/settings/settings.ts';
import { checkVersion } from './version.ts';

const MOST_RULES = 100;

/** A change of an endpoint's rules. Throws `AppError` where somebody else changed them since the version, or they are too many. */
export function withRules(
  settings: Settings,
  endpoint: Pick<Endpoint, 'id' | 'name'>,
  {
    action,
    detail,
    version,
    change,
  }: {
    readonly action: string;
    readonly detail: string;
    readonly version?: string | undefined;
    readonly change: (rules: readonly Rule[]) => readonly Rule[];
  },
): SettingsChange<Endpoint> {
  const before = endpointNow(settings, endpoint);
  checkVersion(version, before);
  const rules = change(before.rules ?? []);
  if (rules.length > MOST_RULES && rules.length > (before.rules?.length ?? 0))
    throw new OptionError(
      'endpoint',
      `\`${before.name}\` has ${MOST_RULES} rules already, which is the most. \`/webhook rules ${before.name}\` removes some.`,
    );
  const after = { ...before, rules };
  return {
    change: {
      action,
      endpointId: before.id,
      detail: `${before.name}: ${detail}`,
      before: listOf(before.rules ?? []),
      after: listOf(rules),
    },
    settings: withEndpoint(settings, after),
    result: after,
  };
}

function listOf(rules: readonly Rule[]): string {
  return rules.map(describeRule).join('; ') || 'no rule';
}
