import { findElement } from './find-element.ts';
import { type FormValues, inputsOf, labelOf, toState } from './form-state.ts';
import type { Outcome } from './outcome.ts';
import type { createResponseUrls, createTriggers } from './tickets.ts';
import { escapeNames, escapeText } from './typed-text.ts';
import { accepted, acceptedOptions, replace, viewShape } from './web-api/view-methods.ts';
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
  /** The workspace it happens in, where that is another than the one the bot token belongs to. */
  readonly team?: string;
  /** The workspace the person belongs to, as where a channel is shared with another company. */
  readonly from?: string;
  /** The organization of that workspace. */
  readonly enterprise?: string;
  /** Whether it reaches the app because it is installed for that whole organization. */
  readonly wide?: boolean;
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
  const shared = (
    user: ReturnType<typeof who>,
    { team = TEAM.id, from, enterprise, wide = false }: Whereabouts = {},
  ) => ({
    team: wide
      ? null
      : { id: team, domain: TEAM.domain, ...(enterprise && { enterprise_id: enterprise, enterprise_name: 'Org' }) },
    user: {
      id: user.id,
      username: user.name,
      name: user.name,
      team_id: from ?? (user.kind === 'foreigner' ? 'T0OTHER' : team),
    },
    api_app_id: BOT.app,
    token: 'verification-token',
    is_enterprise_install: wide,
    enterprise: enterprise ? { id: enterprise, name: 'Org' } : null,
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
        team_id: at.team ?? TEAM.id,
        team_domain: TEAM.domain,
        ...(at.enterprise && { enterprise_id: at.enterprise, enterprise_name: 'Org' }),
        channel_id: channel.id,
        channel_name:
          channel.kind === 'im' ? 'directmessage' : channel.kind === 'private' ? 'privategroup' : channel.name,
        user_id: user.id,
        user_name: user.name,
        command,
        text: escapes() ? escapeNames(workspace, escapeText(text)) : escapeText(text),
        api_app_id: BOT.app,
        is_enterprise_install: String(at.wide ?? false),
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
        ...shared(user, at),
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
    async submit(view: SlackView, values: FormValues = {}, at: Whereabouts = {}): Promise<Outcome> {
      const user = who(view.user);
      const state = toState(view, values, await searched(view, values));
      const outcome = await deliver('interactive', {
        type: 'view_submission',
        ...shared(user, at),
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
        ...shared(user, at),
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
    openHome(name = 'member', at: Whereabouts = {}): Promise<Outcome> {
      return happen({ type: 'app_home_opened', user: who(name).id, channel: 'D0HOME', tab: 'home' }, at);
    },

    /** Gives a channel another name, which everybody who listens for it hears. */
    rename(name: string, to: string, at: Whereabouts = {}): Promise<Outcome> {
      const channel = where(name);
      channel.name = to;
      const type = channel.kind === 'private' ? 'group_rename' : 'channel_rename';
      return happen({ type, channel: { id: channel.id, name: to, created: 1 } }, at);
    },

    suggest,
  };

  /** Types in a menu of a modal, by its label: what the app offers. */
  async function suggest(
    view: SlackView,
    label: string,
    typed: string,
    at: Whereabouts = {},
  ): Promise<readonly Json[]> {
    const input = inputsOf(view).find((each) => labelOf(each) === label);
    const element = input?.element as Json | undefined;
    if (element?.type !== 'external_select') throw new Error(`The form has no menu \`${label}\` to type in.`);
    const outcome = await deliver('interactive', {
      type: 'block_suggestion',
      ...shared(who(view.user), at),
      container: { type: 'view', view_id: view.id },
      block_id: input?.block_id,
      action_id: element.action_id,
      value: typed,
      view: viewShape(view),
    });
    if (!outcome.acknowledged) throw new Error(`The menu stays empty: ${outcome.reason}`);
    return acceptedOptions(outcome.payload);
  }

  /** What was chosen in menus that are typed in: only what the app offers for it can be. */
  async function searched(view: SlackView, values: FormValues): Promise<ReadonlyMap<string, Json>> {
    const chosen = new Map<string, Json>();
    for (const input of inputsOf(view)) {
      const given = values[labelOf(input)];
      if ((input.element as Json).type !== 'external_select' || typeof given !== 'string') continue;
      const offered = await suggest(view, labelOf(input), given);
      const option = offered.find(({ value }) => value === given);
      if (!option) throw new Error(`The menu \`${labelOf(input)}\` does not offer \`${given}\`.`);
      chosen.set(String(input.block_id), option);
    }
    return chosen;
  }

  function happen(event: Json, { team = TEAM.id, from, enterprise, wide = false }: Whereabouts): Promise<Outcome> {
    const enterprise_id = enterprise ?? null;
    return deliver('events_api', {
      token: 'verification-token',
      team_id: team,
      enterprise_id,
      api_app_id: BOT.app,
      type: 'event_callback',
      event: { ...event, ...(from && { user_team: from }), event_ts: workspace.nextTs() },
      event_id: workspace.nextId('Ev'),
      event_time: 1,
      authorizations: [{ enterprise_id, team_id: team, user_id: BOT.user, is_bot: true, is_enterprise_install: wide }],
    });
  }
}
