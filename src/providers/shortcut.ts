import { joined } from '../core/delivery/joined.ts';
import { at, field, textAt } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { hmac } from '../signatures/hmac.ts';

/** What changes in a story whenever anything does, or when somebody drags it within a column. */
const UNSEEN = new Set(['position', 'started_at', 'completed_at', 'moved_at', 'follower_ids', 'updated_at']);

// https://developer.shortcut.com/api/webhook/v1
export default defineProvider({
  title: 'Shortcut',
  aliases: ['clubhouse'],
  docs: 'https://help.shortcut.com/hc/en-us/articles/34734717380756',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'story.update',
  signature: hmac({ header: 'payload-signature' }),
  eventType: ({ payload }) =>
    joined('.', textAt(payload, 'actions.0.entity_type'), textAt(payload, 'actions.0.action')),
  deliveryId: field('id'),
  about: {
    title: ({ payload, type }) => named(payload, ['story', 'epic'])('name') ?? guessAbout(payload, type).title,
    // It names people by ids that only its API explains.
    source: ({ payload }) =>
      referenceOf(payload, 'project') ?? referenceOf(payload, 'epic') ?? referenceOf(payload, 'group'),
    subject: ({ payload }) =>
      keyed('story', named(payload, ['story'])('id')) ?? keyed('epic', named(payload, ['epic'])('id')),
    state: ({ payload, type }) => stateOf(payload, type),
    severity: ({ payload, type }) => severityFor(payload, type),
    url: ({ payload }) => named(payload, ['story-comment', 'epic-comment', 'story', 'epic'])('app_url'),
    occurredAt: ({ payload }) => toMoment(finder(payload)('changed_at')),
    labels: ({ payload }) => labelled({ type: named(payload, ['story'])('story_type') }),
  },
  quiet: ({ payload, type }) => {
    const changes = at(payload, 'actions.0.changes');
    if (!/\.update$/.test(type) || typeof changes !== 'object' || changes === null) return undefined;
    return Object.keys(changes).every((name) => UNSEEN.has(name))
      ? 'nothing changed that a person would see'
      : undefined;
  },
  setup: `
1. Type \`curl -X POST https://api.app.shortcut.com/api/v3/integrations/webhook -H 'Shortcut-Token: YOUR-TOKEN' -H 'Content-Type: application/json' -d '{"webhook_url": "{{url}}", "secret": "{{secret}}"}'\`.

In the web app, **Settings → Integrations → Webhooks** makes one as well.`,
});

/** The first action on a thing of one of these kinds, wherever it stands, for one event has several; or what it refers to. */
function named(payload: unknown, kinds: readonly string[]) {
  const actions = listAt(payload, 'actions');
  for (const kind of kinds) {
    const found = actions.find((action) => textAt(action, 'entity_type') === kind);
    if (found !== undefined) return finder(found);
  }
  return finder(listAt(payload, 'references').find((each) => kinds.includes(textAt(each, 'entity_type') ?? '')));
}

function referenceOf(payload: unknown, kind: string, id?: string): string | undefined {
  return finder(
    listAt(payload, 'references').find(
      (each) => textAt(each, 'entity_type') === kind && (id === undefined || textAt(each, 'id') === id),
    ),
  )('name');
}

function listAt(payload: unknown, path: string): readonly unknown[] {
  const list = at(payload, path);
  return Array.isArray(list) ? list : [];
}

function stateOf(payload: unknown, type: string): string | undefined {
  const [story, epic] = [named(payload, ['story']), named(payload, ['epic'])];
  if (/^(?:story|epic)\.delete$/.test(type)) return 'deleted';
  if ((story('changes.archived.new') ?? epic('changes.archived.new')) === 'true') return 'archived';
  const state = story('changes.workflow_state_id.new', 'workflow_state_id');
  return (state ? referenceOf(payload, 'workflow-state', state) : undefined) ?? epic('changes.state.new', 'state');
}

function severityFor(payload: unknown, type: string): Severity {
  if (type === 'story-task.update')
    return textAt(payload, 'actions.0.changes.complete.new') === 'true' ? 'good' : 'info';
  const done = named(payload, ['story', 'epic'])('changes.completed.new') === 'true';
  return /^(?:story|epic)\.update$/.test(type) && done ? 'good' : 'info';
}
