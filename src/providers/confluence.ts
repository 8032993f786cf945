import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { type Find, finder, keyed } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { guessType } from '../reading/read-payload.ts';
import { hmac } from '../signatures/hmac.ts';

/** What each event is about, by its name in the body: a comment on a page before the page. */
const THINGS = ['comment', 'page', 'blog', 'attachedTo', 'labeled', 'content', 'attachment', 'space'];

// https://confluence.atlassian.com/doc/managing-webhooks-1021225606.html
export default defineProvider({
  title: 'Confluence',
  docs: 'https://confluence.atlassian.com/doc/managing-webhooks-1021225606.html',
  secret: 'ours',
  evidence: 'community',
  sample: 'page_created',
  signature: hmac({ header: 'x-hub-signature', prefix: 'sha256=' }),
  eventType: first(field('event'), field('webhookEvent'), guessType),
  about: {
    title: ({ payload, type }) =>
      thingOf(finder(payload), 'title') ?? finder(payload)('space.name') ?? guessAbout(payload, type).title,
    source: ({ payload }) =>
      finder(payload)('comment.parent.spaceKey') ??
      thingOf(finder(payload), 'spaceKey') ??
      finder(payload)('space.name', 'space.key', 'newParent.spaceKey'),
    actor: ({ payload, type }) => actorOf(finder(payload), type),
    subject: ({ payload }) => {
      const find = finder(payload);
      const id = ['comment.parent', 'page', 'blog', 'attachedTo', 'labeled'].flatMap((path) => [
        `${path}.id`,
        `${path}.idAsString`,
      ]);
      return keyed('page', find(...id));
    },
    state: ({ type }) => (/_(?:trashed|removed)$/.test(type) ? 'deleted' : undefined),
    severity: () => 'info',
    url: ({ payload }) => thingOf(finder(payload), 'self'),
    occurredAt: ({ payload }) => toMoment(finder(payload)('timestamp')),
  },
  // People read all day long.
  quiet: ({ type }) => (/_viewed$|^search_performed$/.test(type) ? 'somebody only looked at it' : undefined),
  setup: `
1. Open **General configuration → Webhooks → Create webhook** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Secret**, choose the events you want posted, and save.`,
});

function thingOf(find: Find, name: string): string | undefined {
  return find(...THINGS.flatMap((thing) => [`${thing}.${name}`, `${thing}.parent.${name}`]));
}

/** Who did it is given as a key; the names that come along are those of who made the thing and who last edited it. */
function actorOf(find: Find, type: string): string | undefined {
  const key = find('userKey', 'userAccountId');
  const named = find('userDisplayName');
  if (named) return named;
  if (type.endsWith('_created')) return find('attachments.0.creatorName') ?? thingOf(find, 'creatorName');
  if (type.endsWith('_updated') || (key && key === thingOf(find, 'lastModifierKey')))
    return thingOf(find, 'lastModifierName');
  return key && key === thingOf(find, 'creatorKey') ? thingOf(find, 'creatorName') : undefined;
}
