import { field } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, type Find, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { travis } from '../signatures/published/travis.ts';
import { wholeBody } from '../signatures/signed-bytes.ts';

const SEVERITIES = dictionary<Severity>({
  passed: 'good',
  fixed: 'good',
  broken: 'critical',
  failed: 'critical',
  still_failing: 'critical',
  errored: 'critical',
});

// https://docs.travis-ci.com/user/notifications/#configuring-webhook-notifications
export default defineProvider({
  title: 'Travis CI',
  aliases: ['travis', 'travisci'],
  docs: 'https://docs.travis-ci.com/user/notifications/#configuring-webhook-notifications',
  secret: 'none',
  evidence: 'vendor',
  sample: 'broken',
  signature: travis,
  eventType: ({ payload }) => stateOf(finder(payload)),
  // The same bytes are the same event: each has the moments of its build.
  identity: wholeBody,
  about: {
    title: ({ payload, type }) => finder(payload)('pull_request_title', 'message') ?? guessAbout(payload, type).title,
    url: field('build_url'),
    source: ({ payload }) => {
      const find = finder(payload);
      const [owner, name] = [find('repository.owner_name'), find('repository.name')];
      return owner && name ? `${owner}/${name}` : name;
    },
    actor: ({ payload }) => finder(payload)('author_name', 'committer_name'),
    subject: ({ payload }) => keyed('build', finder(payload)('id')),
    state: ({ type }) => (type === 'still_failing' || type === 'broken' ? 'failed' : type),
    severity: ({ type }) => SEVERITIES(type) ?? 'info',
    occurredAt: ({ payload }) => toMoment(finder(payload)('finished_at', 'started_at')),
    labels: ({ payload }) => labelled({ branch: finder(payload)('branch'), event: finder(payload)('type') }),
  },
  unfinished: ({ type }) => (type === 'pending' ? 'it has not finished yet' : undefined),
  setup: `
1. Add this to \`.travis.yml\`:

   \`\`\`yaml
   notifications:
     webhooks:
       urls: [{{url}}]
       on_success: change
       on_failure: always
       on_start: never
   \`\`\`
2. Where others read the file, encrypt the URL in it with \`travis encrypt {{url}} --add notifications.webhooks.urls\`.

Bellhop verifies with the key that travis-ci.com publishes. It needs no secret.`,
});

/** `Still Failing` is `still_failing`. */
function stateOf(find: Find): string | undefined {
  return find('status_message', 'result_message')?.trim().toLowerCase().replace(/\s+/g, '_');
}
