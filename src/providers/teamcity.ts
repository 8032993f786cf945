import { field, first } from '../core/delivery/readers.ts';
import { type Severity, severityOf } from '../core/message/severity.ts';
import { defineProvider, type Incoming } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, type Find, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { guessType } from '../reading/read-payload.ts';
import { basic } from '../signatures/basic.ts';
import { chosen } from '../signatures/chosen.ts';

/** What the plugin tcWebHooks calls the events of TeamCity itself. */
const TYPES = dictionary<string>({
  buildStarted: 'BUILD_STARTED',
  buildFinished: 'BUILD_FINISHED',
  buildSuccessful: 'BUILD_FINISHED',
  buildFailed: 'BUILD_FINISHED',
  buildFixed: 'BUILD_FINISHED',
  buildBroken: 'BUILD_FINISHED',
  buildInterrupted: 'BUILD_INTERRUPTED',
  beforeBuildFinish: 'BUILD_ALMOST_FINISHED',
  changesLoaded: 'CHANGES_LOADED',
  buildAddedToQueue: 'BUILD_TYPE_ADDED_TO_QUEUE',
});

/** What is news only in a message that changes as the build goes on. */
const GOING_ON = new Set(['BUILD_TYPE_ADDED_TO_QUEUE', 'CHANGES_LOADED', 'BUILD_STARTED', 'BUILD_ALMOST_FINISHED']);

// https://www.jetbrains.com/help/teamcity/teamcity-webhooks.html
export default defineProvider({
  title: 'TeamCity',
  docs: 'https://www.jetbrains.com/help/teamcity/teamcity-webhooks.html',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'BUILD_FINISHED',
  options: { username: { description: 'The user name set there; any when left out' } },
  signature: chosen((_delivery, { options }) => basic(options.username ? { username: options.username } : {})),
  eventType: first(
    field('eventType'),
    ({ payload }) => TYPES(finder(payload)('build.notifyType')) ?? finder(payload)('build.notifyType'),
    guessType,
  ),
  about: {
    title: ({ payload, type }) =>
      finder(payload)('payload.statusText', 'build.text') ?? guessAbout(payload, type).title,
    url: ({ payload }) => finder(payload)('payload.webUrl', 'build.buildStatusUrl', 'payload.buildType.webUrl'),
    source: ({ payload }) => {
      const find = finder(payload);
      const [project, name] = [find('payload.buildType.projectName'), find('payload.buildType.name')];
      if (project && name) return `${project} / ${name}`;
      return find('build.buildFullName', 'payload.buildTypeId', 'payload.name')?.replaceAll(' :: ', ' / ');
    },
    actor: ({ payload }) =>
      finder(payload)('payload.triggered.user.name', 'payload.triggered.user.username', 'build.triggeredBy'),
    subject: ({ payload, type }) => {
      const find = finder(payload);
      return type.startsWith('AGENT_')
        ? keyed('agent', find('payload.name', 'payload.id'))
        : keyed('build', find('payload.id', 'build.buildId'));
    },
    state: ({ payload, type }) => stateOf(finder(payload), type),
    severity: severityFor,
    occurredAt: ({ payload, type }) =>
      toMoment(
        finder(payload)(/^BUILD_(?:FINISHED|INTERRUPTED)$/.test(type) ? 'payload.finishDate' : 'payload.startDate'),
      ),
    labels: ({ payload }) => labelled({ branch: branchOf(finder(payload)) }),
  },
  unfinished: ({ type }) => (GOING_ON.has(type) ? 'it has not finished yet' : undefined),
  setup: `
TeamCity sends webhooks by itself; its plugin tcWebHooks works too, with the payload format **Legacy Webhook (JSON)** and basic authentication.

1. Open **Administration → the project → Parameters**.
2. Add \`teamcity.internal.webhooks.enable\` = \`true\`.
3. Add \`teamcity.internal.webhooks.url\` = {{url}}.
4. Add \`teamcity.internal.webhooks.events\` = \`BUILD_FINISHED;BUILD_INTERRUPTED\`, and others you want posted.
5. Add \`teamcity.internal.webhooks.username\` = \`bellhop\`, and \`teamcity.internal.webhooks.password\` = {{secret}} with the kind **Password**.`,
});

/** A build that ended has a result. */
function stateOf(find: Find, type: string): string | undefined {
  switch (type) {
    case 'BUILD_FINISHED':
      return find('payload.status', 'build.buildResult')?.toLowerCase();
    case 'BUILD_INTERRUPTED':
      return 'canceled';
    case 'BUILD_STARTED':
    case 'CHANGES_LOADED':
    case 'BUILD_ALMOST_FINISHED':
    case 'BUILD_PROBLEMS_CHANGED':
      return 'running';
    case 'BUILD_TYPE_ADDED_TO_QUEUE':
      return 'queued';
    default:
      return undefined;
  }
}

function severityFor({ payload, type }: Incoming): Severity {
  if (type === 'BUILD_FINISHED') return severityOf(stateOf(finder(payload), type)) ?? 'info';
  return type === 'BUILD_PROBLEMS_CHANGED' && finder(payload)('payload.status') === 'FAILURE' ? 'warning' : 'info';
}

function branchOf(find: Find): string | undefined {
  const branch = find('payload.branchName', 'build.branchDisplayName', 'build.branchName');
  return branch === '<default>' ? undefined : branch?.replace(/^refs\/heads\//, '');
}
