import { at } from '../../core/delivery/readers.ts';
import type { Happening } from '../../core/provider/happening.ts';
import type { Incoming } from '../../core/provider/provider.ts';
import { type Find, finder } from '../../reading/finder.ts';
import { GITHUB_RUNS } from './github-runs.ts';
import { refHappening } from './ref-happening.ts';

/** Seconds for which a run of GitHub Actions may go on after its first job has ended, and in which labels are added together. */
const RUN_GOES_ON = 6 * 3_600;
const TOGETHER = 30;

/** What several events are about: a run with its jobs and checks, a branch and the push that made it, labels added together. */
export function githubHappening({ payload, type }: Incoming): Happening | undefined {
  const find = finder(payload);
  const repository = find('repository.full_name');
  if (GITHUB_RUNS.includes(type)) return runHappening(find, type);
  switch (type) {
    case 'push': {
      const did = find('created') === 'true' ? 'created' : find('deleted') === 'true' ? 'deleted' : 'moved';
      return refHappening({ repository, ref: find('ref'), did, head: find('commits.0.id') && find('after') });
    }
    case 'create':
      return refHappening({ repository, ref: find('ref'), did: 'created', better: 'push' });
    case 'delete':
      return refHappening({ repository, ref: find('ref'), did: 'deleted', better: 'push' });
    case 'star':
    case 'watch':
      return {
        keys: [`star ${repository} ${find('sender.login')}`],
        fact: find('action') === 'deleted' ? 'unstarred' : 'starred',
        ...(type === 'watch' && { better: ['star'] }),
        within: TOGETHER,
      };
    case 'issues':
    case 'pull_request':
      return find('action') === 'labeled' ? labelHappening(payload, type) : undefined;
    default:
      return undefined;
  }
}

/** GitHub sends events for the run of an action, each of its jobs, a check for each job, and their suite; for other apps only for their checks. */
function runHappening(find: Find, type: string): Happening | undefined {
  const suite = find('workflow_run.check_suite_id', 'check_run.check_suite.id', 'check_suite.id');
  const page = find('check_run.details_url', 'check_run.html_url');
  const run = find('workflow_run.id', 'workflow_job.run_id') ?? /\/actions\/runs\/(\d+)/.exec(page ?? '')?.[1];
  const attempt = find(`${type}.run_attempt`) ?? '1';
  const app = find('check_run.app.slug', 'check_suite.app.slug');
  const isActions = type.startsWith('workflow_') || app === 'github-actions';
  const better: Readonly<Record<string, readonly string[]>> = {
    workflow_job: ['workflow_run'],
    check_run: isActions ? ['workflow_run', 'workflow_job'] : [],
    check_suite: isActions ? ['workflow_run', 'workflow_job', 'check_run'] : ['check_run'],
  };
  // A job of GitHub Actions and its check have one number.
  const part = find('workflow_job.id', 'check_run.id');
  const verdict = find(`${type}.conclusion`) ?? 'unfinished';
  const fact = part ? `${part} ${verdict}` : verdict;
  return {
    keys: [run && `run ${run} ${attempt}`, suite && `suite ${suite}`].filter((key) => typeof key === 'string'),
    fact,
    says: [fact, verdict],
    better: better[type] ?? [],
    within: RUN_GOES_ON,
  };
}

/** Each of several labels that are added together has an event of its own, which lists all that are there by then. */
function labelHappening(payload: unknown, type: string): Happening | undefined {
  const find = finder(payload);
  const thing = type === 'issues' ? 'issue' : type;
  const [label, number] = [find('label.name'), find(`${thing}.number`)];
  const all = at(payload, `${thing}.labels`);
  if (!label || !number) return undefined;
  return {
    keys: [`labels ${find('repository.full_name')}#${number} ${find('sender.login')}`],
    fact: label,
    says: [label, ...(Array.isArray(all) ? all.map((one) => String(at(one, 'name'))) : [])],
    within: TOGETHER,
  };
}
