import { randomBytes } from 'node:crypto';
import { Refusal } from '../refusal.ts';
import type { Trigger } from '../tickets.ts';
import { BOT, type Json, type SlackView, TEAM, type Workspace } from '../workspace.ts';
import type { Method } from './chat-methods.ts';
import { validateOptions, validateView } from './view-limits.ts';

const STACK_LIMIT = 3;
const SIZE_LIMIT = 250_000;

/** `views.*`: modals behind a trigger, and the Home tab. */
export function createViewMethods(
  workspace: Workspace,
  redeem: (trigger: string) => Trigger,
): Readonly<Record<string, Method>> {
  const open = (trigger: Trigger, content: Json): Json => {
    const view = { id: workspace.nextId('V'), type: 'modal' as const, ...trigger, hash: hash(), content };
    workspace.views.set(view.id, view);
    return { ok: true, view: viewShape(view) };
  };
  const stack = (user: string) => [...workspace.views.values()].filter((view) => view.user === user);

  return {
    'views.open'({ trigger_id, view }) {
      const content = accepted(view, 'modal');
      const trigger = redeem(String(trigger_id));
      for (const { id } of stack(trigger.user)) workspace.views.delete(id);
      return open(trigger, content);
    },
    'views.push'({ trigger_id, view }) {
      const content = accepted(view, 'modal');
      const trigger = redeem(String(trigger_id));
      if (stack(trigger.user).length >= STACK_LIMIT) throw new Refusal('push_limit_reached');
      return open(trigger, content);
    },
    'views.update'({ view_id, view, hash: seen }) {
      const found = workspace.views.get(String(view_id));
      if (!found) throw new Refusal('not_found');
      if (seen !== undefined && seen !== found.hash) throw new Refusal('hash_conflict');
      replace(found, accepted(view, 'modal'));
      return { ok: true, view: viewShape(found) };
    },
    'views.publish'({ user_id, view }) {
      const user = String(user_id);
      if (!workspace.users.has(user)) throw new Refusal('user_not_found');
      const content = accepted(view, 'home');
      const home = { id: workspace.nextId('V'), type: 'home' as const, user, hash: hash(), content };
      workspace.homes.set(user, home);
      return { ok: true, view: viewShape(home) };
    },
  };
}

export function accepted(view: unknown, type: 'modal' | 'home'): Json {
  if (typeof view !== 'object' || view === null) throw new Refusal('invalid_arguments');
  const content = view as Json;
  const problems = content.type === type ? validateView(content) : [`the view is no ${type} [json-pointer:/type]`];
  if (JSON.stringify(view).length > SIZE_LIMIT) throw new Refusal('view_too_large');
  if (problems.length > 0) {
    const messages = problems.map((problem) => `[ERROR] ${problem}`);
    throw new Refusal('invalid_arguments', { errors: problems, response_metadata: { messages } });
  }
  return content;
}

/** What a menu may offer. https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload */
export function acceptedOptions(payload: Json | undefined): readonly Json[] {
  const options = (payload?.options ?? []) as readonly Json[];
  const problems = validateOptions(options);
  if (problems.length > 0) throw new Error(`Slack shows no such menu: ${problems.join(', ')}`);
  return options;
}

export function replace(view: SlackView, content: Json) {
  view.content = content;
  view.hash = hash();
}

export function viewShape({ id, hash: seen, content }: SlackView): Json {
  return {
    id,
    team_id: TEAM.id,
    app_id: BOT.app,
    bot_id: BOT.id,
    hash: seen,
    private_metadata: '',
    callback_id: '',
    ...content,
  };
}

const hash = () => randomBytes(6).toString('hex');
