import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { unsigned } from '../signatures/unsigned.ts';

// https://docs.docker.com/docker-hub/repos/manage/webhooks/
export default defineProvider({
  title: 'Docker Hub',
  aliases: ['dockerhub', 'docker'],
  docs: 'https://docs.docker.com/docker-hub/repos/manage/webhooks/',
  secret: 'none',
  evidence: 'vendor',
  sample: 'push',
  signature: unsigned(),
  // It says nothing else.
  eventType: () => 'push',
  about: {
    title: ({ payload, type }) => finder(payload)('repository.repo_name') ?? guessAbout(payload, type).title,
    url: ({ payload }) => {
      const find = finder(payload);
      const [page, tag] = [find('repository.repo_url'), find('push_data.tag')];
      const isHub = page !== undefined && /^https:\/\/hub\.docker\.com\/r\/[^?#]+$/.test(page);
      return isHub && tag ? `${page.replace(/\/$/, '')}/tags?name=${encodeURIComponent(tag)}` : page;
    },
    source: field('repository.repo_name'),
    actor: field('push_data.pusher'),
    subject: ({ payload }) => {
      const find = finder(payload);
      return keyed('image', find('repository.repo_name'), ':', find('push_data.tag') ?? 'latest');
    },
    severity: () => 'info',
    occurredAt: ({ payload }) => toMoment(finder(payload)('push_data.pushed_at')),
    labels: ({ payload }) => labelled({ tag: finder(payload)('push_data.tag') }),
  },
  setup: `
1. Open the repository on Docker Hub and choose **Webhooks**.
2. Name the webhook, paste {{url}} as **Webhook URL**, and press **Create**.

Docker Hub signs nothing: keep the URL secret.`,
});
