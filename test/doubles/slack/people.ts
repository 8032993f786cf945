import { findElement } from './find-element.ts';
import { type FormValues, toState } from './form-state.ts';
import type { Outcome } from './outcome.ts';
import type { createResponseUrls, createTriggers } from './tickets.ts';
import { escapeNames, escapeText } from './typed-text.ts';
import { accepted, replace, viewShape } from './web-api/view-methods.ts';
import { put } from './web-api/web-server.ts';
import {
  BOT,
  type Ephemeral,
  type Json,
  type SlackMessage,
  type SlackView,
  TEAM,
  type Workspace,
} from './workspace.ts';

export interface Whereabouts {
  /** A user's name or id. */
  readonly user?: string;
  /** A channel's name or id. */
  readonly channel?: string;
  readonly thread?: string;
}

export interface PeopleParts {
  readonly workspace: Workspace;
  readonly triggers: ReturnType<typeof createTriggers>;
  readonly responses: ReturnType<typeof createResponseUrls>;
  readonly origin: () => string;
  readonly deliver: (type: 'slash_commands' | 'interactive' | 'events_api', payload: Json) => Promise<Outcome>;
  /** Whether the command's manifest says `should_escape`. */
  readonly escapes: () => boolean;
}

/** What people do in Slack: type, click, fill in, look at the Home tab. */
export function createPeople({ workspace, triggers, responses, origin, deliver, escapes }: PeopleParts) {
  const who = (name = 'member') => {
    const user = workspace.userOf(name);
    if (!user) throw new Error(`Nobody is called ${name}.`);
    return user;
  };
  const where = (name = 'ops') => {
    const channel = workspace.channelOf(name);
    if (!channel) throw new Error(`No channel is called ${name}.`);
    return channel;
  };
  const shared = (user: ReturnType<typeof who>) => ({
    team: { id: TEAM.id, domain: TEAM.domain },
    user: {
      id: user.id,
      username: user.name,
      name: user.name,
      team_id: user.kind === 'foreigner' ? 'T0OTHER' : TEAM.id,
    },
    api_app_id: BOT.app,
    token: 'verification-token',
    is_enterprise_install: false,
    enterprise: null,
  });
  const respondTo = (target: Parameters<typeof responses.issue>[0]) => `${origin()}/respond/${responses.issue(target)}`;

  return {
    /** Types a slash command; what is acknowledged with words is shown. */
    async type(line: string, at: Whereabouts = {}): Promise<Outcome> {
      // Slack itself says so, and sends the app nothing.
      if (at.thread) return { acknowledged: false, reason: 'not supported in threads' };
      const [, command = '', text = ''] = /^(\/\S+)\s*([\s\S]*)$/.exec(line) ?? [];
      const [user, channel] = [who(at.user), where(at.channel)];
      const outcome = await deliver('slash_commands', {
        token: 'verification-token',
        team_id: TEAM.id,
        team_domain: TEAM.domain,
        channel_id: channel.id,
        channel_name:
          channel.kind === 'im' ? 'directmessage' : channel.kind === 'private' ? 'privategroup' : channel.name,
        user_id: user.id,
        user_name: user.name,
        command,
        text: escapes() ? escapeNames(workspace, escapeText(text)) : escapeText(text),
        api_app_id: BOT.app,
        is_enterprise_install: 'false',
        response_url: respondTo({ channel: channel.id, user: user.id }),
        trigger_id: triggers.issue({ user: user.id, channel: channel.id }),
      });
      if (outcome.acknowledged && outcome.payload?.text) {
        const { response_type, ...content } = outcome.payload as Json & { text: string };
        put(workspace, { channel: channel.id, user: user.id }, { ...content, visible: response_type === 'in_channel' });
      }
      return outcome;
    },

    /** Clicks a button or picks a menu entry; says yes to a confirm dialog unless told to decline. */
    async click(
      message: SlackMessage | Ephemeral | SlackView,
      wanted: string,
      at: Whereabouts & { readonly decline?: boolean } = {},
    ): Promise<Outcome> {
      const found = findElement('content' in message ? message.content : message, wanted);
      if (!found) throw new Error(`There is nothing called ${wanted} to click.`);
      if (at.decline && found.element.confirm) return { acknowledged: false, reason: 'declined' };
      const user =
        'content' in message ? who(message.user) : who(at.user ?? ('seenBy' in message ? message.seenBy : undefined));
      const base = {
        type: 'block_actions',
        ...shared(user),
        trigger_id: triggers.issue({ user: user.id }),
        actions: [found.action],
      };
      if ('content' in message) {
        const view = viewShape(message);
        return deliver('interactive', { ...base, container: { type: 'view', view_id: message.id }, view });
      }
      const channel = where(message.channel);
      return deliver('interactive', {
        ...base,
        container: {
          type: 'message',
          message_ts: message.ts,
          channel_id: channel.id,
          is_ephemeral: 'seenBy' in message,
          ...(message.thread_ts && { thread_ts: message.thread_ts }),
        },
        channel: { id: channel.id, name: channel.name },
        // Slack does not give back what only one person saw.
        ...(!('seenBy' in message) && { message: { type: 'message', ...message, app_id: BOT.app } }),
        response_url: respondTo({ channel: channel.id, user: user.id, message: message.ts }),
      });
    },

    /** Fills in a modal by its labels and presses its button. */
    async submit(view: SlackView, values: FormValues = {}): Promise<Outcome> {
      const user = who(view.user);
      const state = toState(view, values);
      const outcome = await deliver('interactive', {
        type: 'view_submission',
        ...shared(user),
        trigger_id: triggers.issue({ user: user.id }),
        view: { ...viewShape(view), state },
        response_urls: [],
      });
      if (!outcome.acknowledged) return outcome;
      const action = outcome.payload?.response_action;
      if (action === 'update') replace(view, accepted(outcome.payload?.view, 'modal'));
      else if (action !== 'errors') workspace.views.delete(view.id);
      return outcome;
    },

    /** Uses a message shortcut, or a global one where no message is given. */
    shortcut(
      callbackId: string,
      { message, ...at }: Whereabouts & { readonly message?: SlackMessage } = {},
    ): Promise<Outcome> {
      const user = who(at.user);
      const base = {
        ...shared(user),
        callback_id: callbackId,
        trigger_id: triggers.issue({ user: user.id }),
        action_ts: '1.0',
      };
      if (!message) return deliver('interactive', { type: 'shortcut', ...base });
      const channel = where(message.channel);
      return deliver('interactive', {
        type: 'message_action',
        ...base,
        channel: { id: channel.id, name: channel.kind === 'private' ? 'privategroup' : channel.name },
        message_ts: message.ts,
        message: { type: 'message', ...message, app_id: BOT.app },
        response_url: respondTo({ channel: channel.id, user: user.id, message: message.ts }),
      });
    },

    /** Opens the Home tab. */
    openHome(name = 'member'): Promise<Outcome> {
      return happen({ type: 'app_home_opened', user: who(name).id, channel: 'D0HOME', tab: 'home' });
    },

    /** Gives a channel another name, which everybody who listens for it hears. */
    rename(name: string, to: string): Promise<Outcome> {
      const channel = where(name);
      channel.name = to;
      const type = channel.kind === 'private' ? 'group_rename' : 'channel_rename';
      return happen({ type, channel: { id: channel.id, name: to, created: 1 } });
    },
  };

  function happen(event: Json): Promise<Outcome> {
    return deliver('events_api', {
      token: 'verification-token',
      team_id: TEAM.id,
      api_app_id: BOT.app,
      type: 'event_callback',
      event: { ...event, event_ts: workspace.nextTs() },
      event_id: workspace.nextId('Ev'),
      event_time: 1,
      authorizations: [
        { enterprise_id: null, team_id: TEAM.id, user_id: BOT.user, is_bot: true, is_enterprise_install: false },
      ],
    });
  }
}
