/** What runs and then ends with a result. */
export const GITHUB_RUNS = ['workflow_run', 'workflow_job', 'check_run', 'check_suite'];
