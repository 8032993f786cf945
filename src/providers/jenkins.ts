import { first } from '../core/delivery/readers.ts';
import { severityOf } from '../core/message/severity.ts';
import type { Happening } from '../core/provider/happening.ts';
import { defineProvider, type Incoming } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, type Find, finder, keyed, labelled } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { basic } from '../signatures/basic.ts';
import { chosen } from '../signatures/chosen.ts';
import { token } from '../signatures/token.ts';

const bearer = token({ header: 'authorization', prefix: 'Bearer ' });
/** What pipelines and other plugins call the phases and results of the Notification plugin. */
const STATES = dictionary<string>({
  start: 'started',
  running: 'started',
  failed: 'failure',
  successful: 'success',
  cancelled: 'aborted',
  canceled: 'aborted',
});
/** Seconds within which the plugin says twice that a build has ended: before and after its last steps. */
const LAST_STEPS = 3_600;

// https://github.com/jenkinsci/notification-plugin
export default defineProvider({
  title: 'Jenkins',
  docs: 'https://plugins.jenkins.io/notification/',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'build.failure',
  signature: chosen(({ headers }) => (/^bearer /i.test(String(headers.authorization ?? '')) ? bearer : basic())),
  eventType: first(({ payload }) => {
    const state = stateOf(finder(payload));
    return state && `build.${state}`;
  }, guessType),
  about: {
    url: ({ payload }) => webAddress(finder(payload)('build.full_url', 'build_url', 'buildUrl', 'url')),
    source: ({ payload }) => jobOf(finder(payload)),
    actor: ({ payload }) => finder(payload)('build.scm.culprits.0', 'user', 'build_user'),
    subject: ({ payload }) => {
      const find = finder(payload);
      return keyed('build', jobOf(find), '#', find('build.number', 'build_number', 'buildNumber', 'number'));
    },
    state: ({ payload }) => stateOf(finder(payload)),
    severity: ({ payload }) => {
      const state = stateOf(finder(payload));
      return state === 'not_built' ? 'info' : (severityOf(state) ?? 'info');
    },
    occurredAt: ({ payload }) => toMoment(finder(payload)('build.timestamp', 'timestamp')),
    labels: ({ payload }) => {
      const find = finder(payload);
      return labelled({
        branch: branchOf(find),
        environment: find(
          'build.parameters.ENVIRONMENT',
          'build.parameters.environment',
          'build.parameters.DEPLOY_ENV',
          'environment',
        ),
      });
    },
  },
  unfinished: ({ type }) =>
    type === 'build.queued' || type === 'build.started' ? 'it has not finished yet' : undefined,
  happening,
  setup: `
With the [Notification plugin](https://plugins.jenkins.io/notification/):

1. Open the job, **Configure → Job Notifications → Add Endpoint**, with the format **JSON** and the protocol **HTTP**.
2. Paste {{url}} as **URL**, and put \`bellhop:{{secret}}@\` into it after \`https://\`. As a **secret text** credential, nobody reads it in the job.
3. Choose the event **All Events**, or **Job Finalized** for results alone, and save.

From a pipeline without the plugin, add this to its \`post { always { … } }\`, with the secret as the credential \`bellhop\`:

\`\`\`groovy
withCredentials([string(credentialsId: 'bellhop', variable: 'SECRET')]) {
  writeFile file: 'build.json', text: groovy.json.JsonOutput.toJson([name: env.JOB_NAME, build: [
    number: env.BUILD_NUMBER, full_url: env.BUILD_URL, phase: 'FINALIZED', status: currentBuild.currentResult,
    duration: currentBuild.duration, scm: [branch: env.GIT_BRANCH ?: env.BRANCH_NAME, commit: env.GIT_COMMIT]]])
  sh 'curl -sS -H "Authorization: Bearer $SECRET" -H "Content-Type: application/json" -d @build.json {{url}}'
}
\`\`\``,
});

/** A build that runs has a phase, and one that ended a result. */
function stateOf(find: Find): string | undefined {
  const phase = find('build.phase')?.toLowerCase();
  if (phase === 'queued' || phase === 'started') return phase;
  const state = find('build.status', 'build.result', 'result', 'status', 'event')?.toLowerCase();
  return STATES(state) ?? state;
}

/** `acme/api/main` of `job/acme/job/api/job/main/`: its name alone is the branch where there is a job for each. */
function jobOf(find: Find): string | undefined {
  const path = find('url');
  if (!path?.startsWith('job/')) return find('name', 'job_name', 'jobName', 'projectName', 'display_name');
  const parts = path.split('/').filter((part) => part && part !== 'job');
  return parts.map(decoded).join('/') || find('name');
}

function decoded(text: string): string {
  try {
    // What stands for a slash in a branch is escaped twice.
    return decodeURIComponent(decodeURIComponent(text));
  } catch {
    return text;
  }
}

function branchOf(find: Find): string | undefined {
  return find('build.scm.branch', 'branch')?.replace(/^(?:refs\/(?:heads|remotes)\/)?(?:origin\/)?/, '');
}

function webAddress(url: string | undefined): string | undefined {
  return url && /^https?:\/\//.test(url) ? url : undefined;
}

/** The plugin says that a build is completed, and again that it is finalized. */
function happening({ payload, type }: Incoming): Happening | undefined {
  const find = finder(payload);
  const [job, number] = [jobOf(find), find('build.number')];
  if (!job || !number) return undefined;
  return { keys: [`build ${job} ${number}`], fact: type, within: LAST_STEPS };
}
