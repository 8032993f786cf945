import { joined } from '../core/delivery/joined.ts';
import { field, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { basic } from '../signatures/basic.ts';
import { chosen } from '../signatures/chosen.ts';
import { took } from './shared/took.ts';

export default defineProvider({
  title: 'Azure DevOps',
  aliases: ['ado', 'vsts', 'tfs'],
  docs: 'https://learn.microsoft.com/azure/devops/service-hooks/services/webhooks',
  secret: 'ours',
  evidence: 'community',
  options: { username: { description: 'The user name set there; any when left out' } },
  signature: chosen((_delivery, { options }) => basic(options.username ? { username: options.username } : {})),
  eventType: field('eventType'),
  deliveryId: ({ payload }) => joined('/', textAt(payload, 'subscriptionId'), textAt(payload, 'notificationId')),
  about: {
    source: ({ payload }) =>
      finder(payload)(
        'resource.repository.name',
        'resource.definition.name',
        'resource.fields.System.TeamProject',
        'resourceContainers.project.id',
      ),
    actor: ({ payload }) =>
      finder(payload)(
        'resource.pushedBy.displayName',
        'resource.createdBy.displayName',
        'resource.requests.0.requestedFor.displayName',
      ),
    subject: ({ payload }) =>
      keyed('run', finder(payload)('resourceContainers.project.id'), '/', finder(payload)('resource.run.id')) ??
      keyed('object', finder(payload)('resource.id', 'resource.pullRequestId')),
    state: ({ payload }) =>
      finder(payload)(
        'resource.status',
        'resource.result',
        'resource.job.result',
        'resource.stage.result',
        'resource.run.result',
        'resource.job.state',
        'resource.stage.state',
        'resource.run.state',
      ),
    part({ payload }) {
      const find = finder(payload);
      for (const kind of ['job', 'stage']) {
        const [name, result] = [
          find(`resource.${kind}.displayName`, `resource.${kind}.name`),
          find(`resource.${kind}.result`),
        ];
        const state = result ?? find(`resource.${kind}.state`);
        if (!name) continue;
        const times = took(find(`resource.${kind}.startTime`), find(`resource.${kind}.finishTime`));
        return { name, ...(state && { state }), ...times };
      }
      return undefined;
    },
    url: ({ payload }) => finder(payload)('resource._links.web.href', 'resource.url'),
  },
  setup: `
1. Open **Project settings → Service hooks → Web Hooks** and paste {{url}} as the URL.
2. Choose basic authentication, with any user name and {{secret}} as the password.`,
});
