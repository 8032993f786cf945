import type { SettingsChange } from '../../../core/command/changes.ts';
import type { CommandParts, Reply } from '../../../core/command/command.ts';
import type { Trial, TrialRequest } from '../../../core/command/desks/rule-desk.ts';
import { type Caller, owns } from '../../../core/command/permission.ts';
import { reply } from '../../../core/command/reply.ts';
import { OptionError } from '../../../core/errors.ts';
import { inlineCode } from '../../../core/message/markdown/inline-code.ts';
import type { Markdown } from '../../../core/message/message.ts';
import type { Endpoint } from '../../../core/settings/endpoint.ts';
import type { Settings } from '../../../core/settings/settings.ts';
import { DAY } from '../../../core/text/duration.ts';
import { describeGraves, describeTrial } from './describe-trial.ts';
import { versionOf } from './version.ts';

/** Days. */
const WEEK = 7;
const LONGEST = 90;

/** A change of rules that somebody asks for. */
export interface AskedChange<Result> {
  /** What is changed, as a heading. */
  readonly title: string;
  readonly command: string;
  /** The options as they would be typed, without those of trying. */
  readonly typed: Readonly<Record<string, string>>;
  /** As far as the caller may know it. */
  readonly endpoint: Endpoint;
  readonly caller: Caller;
  readonly plan: (settings: Settings) => SettingsChange<Result>;
  /** What else its trial shows. */
  readonly alsoSay?: (trial: Trial) => readonly Markdown[];
  /** Whether it depends on how the endpoint’s routes and rules were; it does when absent. */
  readonly versioned?: boolean;
  /** Whether the caller may save it; true when absent. */
  readonly maySave?: boolean;
}

/** What the options of trying say. */
export interface TryOptions {
  readonly try?: boolean | undefined;
  readonly confirm?: boolean | undefined;
  readonly days?: number | undefined;
}

/** How far back a change is tried, in milliseconds. Throws `OptionError`. */
export function toSpan(days = WEEK): number {
  if (days >= 1 && days <= LONGEST) return days * DAY;
  throw new OptionError('days', `A change is tried on 1 to ${LONGEST} days, such as \`days=${WEEK}\`.`);
}

/**
 * Tries a change where that was asked for, or where it would hide a severe alert and nobody has confirmed that: gives back
 * the reply that says so, with a button that saves it. Nothing where it may be saved; then the trial says what it does.
 */
export async function tryChange<Result>(
  { title, command, typed, endpoint, caller, plan, alsoSay, versioned = true, maySave = true }: AskedChange<Result>,
  options: TryOptions,
  { rules, clock }: Pick<CommandParts, 'rules' | 'clock'>,
): Promise<{ readonly answer?: Reply; readonly trial?: Trial }> {
  if (options.confirm && !options.try) return {};
  const span = toSpan(options.days);
  const [trial] = await rules.try({
    endpointId: endpoint.id,
    ...knownRoutes(endpoint, caller),
    changes: [(settings) => plan(settings).settings],
    span,
  });
  if (!trial || (!options.try && !trial.grave)) return trial ? { trial } : {};
  const save = {
    ...typed,
    ...(versioned && { version: versionOf(endpoint) }),
    ...(trial.grave && { confirm: 'true' }),
  };
  const body: readonly Markdown[] = options.try
    ? [
        describeTrial(trial, clock.now()),
        ...(alsoSay?.(trial) ?? []),
        maySave ? 'Nothing is saved yet.' : onlyOwners(endpoint),
      ]
    : [describeGraves(trial) ?? '', 'Nothing was saved. **Save anyway** saves it all the same.'];
  return {
    trial,
    answer: reply(body.join('\n\n'), {
      title: options.try ? `Tried: ${title}` : `${title.charAt(0).toUpperCase()}${title.slice(1)}?`,
      severity: trial.grave ? 'critical' : 'info',
      actions: [
        ...(maySave
          ? [
              {
                label: trial.grave ? 'Save anyway' : 'Save',
                command,
                options: save,
                style: trial.grave ? ('danger' as const) : ('primary' as const),
              },
            ]
          : []),
        ...(options.try ? [] : [{ label: 'Try it', command, options: { ...typed, try: 'true' } }]),
      ],
      data: { ...(options.try ? {} : { code: 'confirm' }), trial },
    }),
  };
}

function onlyOwners({ name }: Endpoint): Markdown {
  return `Only an owner of ${inlineCode(name)} or an admin may save it.`;
}

/** The routes that a trial may count and name: for those who do not own the endpoint, the ones whose channels they see. */
export function knownRoutes(endpoint: Endpoint, caller: Caller): Pick<TrialRequest, 'routeIds'> {
  return owns(caller, endpoint) ? {} : { routeIds: new Set(endpoint.routes.map(({ id }) => id)) };
}
