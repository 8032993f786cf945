import { joined } from '../core/delivery/joined.ts';
import { at, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { anyOf } from '../handshakes/any-of.ts';
import { capturedFromHeader } from '../handshakes/captured.ts';
import { isEmptyList } from '../handshakes/harmless.ts';
import { ping } from '../handshakes/ping.ts';
import { type Find, finder, keyed } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { hmac } from '../signatures/hmac.ts';

// https://developers.asana.com/docs/webhooks-guide
export default defineProvider({
  title: 'Asana',
  docs: 'https://developers.asana.com/docs/webhooks-guide',
  secret: 'theirs',
  givesSecret: true,
  evidence: 'vendor',
  sample: 'task.changed',
  signature: hmac({ header: 'x-hook-signature' }),
  handshake: anyOf(
    capturedFromHeader('x-hook-secret'),
    ping({ when: ({ payload }) => isEmptyList(at(payload, 'events')) }),
  ),
  events: 'events.*',
  eventType: ({ payload }) =>
    joined('.', textAt(payload, 'events.0.resource.resource_type'), textAt(payload, 'events.0.action')),
  about: {
    // It sends ids alone, and names only where they were asked for.
    title: ({ payload, type }) => finder(payload)('events.0.resource.name') ?? guessAbout(payload, type).title,
    source: ({ payload }) => containerOf(finder(payload)),
    actor: ({ payload }) => finder(payload)('events.0.user.name'),
    subject: ({ payload }) => keyed('ticket', taskOf(finder(payload))),
    state: ({ type }) => (type === 'task.deleted' ? 'deleted' : undefined),
    severity: () => 'info',
    url: ({ payload }) => {
      const find = finder(payload);
      const [task, project] = [taskOf(find), projectOf(find)];
      // Asana finds a task by its id alone, and a project as well.
      if (task && /^\d+$/.test(task)) return `https://app.asana.com/0/0/${task}`;
      return project && /^\d+$/.test(project) ? `https://app.asana.com/0/${project}` : undefined;
    },
    occurredAt: ({ payload }) => toMoment(finder(payload)('events.0.created_at')),
  },
  setup: `
1. Type \`curl https://app.asana.com/api/1.0/webhooks -H 'Authorization: Bearer YOUR-TOKEN' -d resource=PROJECT-ID -d target={{url}}\`.
2. Asana sends its secret while it makes the webhook, and Bellhop verifies with it from then on.`,
});

/** The task that the first event is about, itself or through a comment on it. */
function taskOf(find: Find): string | undefined {
  if (find('events.0.resource.resource_type') === 'task') return find('events.0.resource.gid');
  return find('events.0.parent.resource_type') === 'task' ? find('events.0.parent.gid') : undefined;
}

function projectOf(find: Find): string | undefined {
  if (find('events.0.resource.resource_type') === 'project') return find('events.0.resource.gid');
  return find('events.0.parent.resource_type') === 'project' ? find('events.0.parent.gid') : undefined;
}

function containerOf(find: Find): string | undefined {
  const project = projectOf(find);
  if (!project) return undefined;
  const isParent = find('events.0.parent.gid') === project;
  return find(isParent ? 'events.0.parent.name' : 'events.0.resource.name') ?? `project ${project}`;
}
