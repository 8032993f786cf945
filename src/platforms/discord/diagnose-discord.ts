import { randomBytes } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import { AppError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { type Message, toMessage } from '../../core/message/message.ts';
import type { ParseMarkdown } from '../../core/message/tree.ts';
import type { Finding } from '../../core/platform/diagnosis.ts';
import type { Settings, SettingsStore } from '../../core/settings/settings.ts';
import { oneLine } from '../../core/text/clean-text.ts';
import { type Application, checkKey, findBotId, misdirection, PUBLIC_BOT } from './application.ts';
import { createDiscordApi, type DiscordApi } from './connection/api.ts';
import { toInviteLink } from './invite.ts';
import { toDiscordMessages } from './message/to-discord-messages.ts';
import { createDirectory } from './posting/directory.ts';
import { createSender } from './posting/sender.ts';
import { createChannels } from './servers/channels.ts';
import { listServers, type Server } from './servers/list-servers.ts';
import { toServe } from './servers/note-strangers.ts';
import { createServedServers, type ServedServers } from './servers/served-servers.ts';
import { createServerCodes } from './servers/server-codes.ts';
import { serversOfChannels } from './servers/servers-of-channels.ts';

export interface DiscordDiagnosisParts {
  readonly token: string;
  readonly publicKey?: string;
  readonly apiUrl?: string;
  /** The servers that the configuration names. */
  readonly serverIds?: readonly string[];
  readonly guildId?: string;
  readonly settings: Settings;
  /** The installation's own key; nothing where Bellhop was never started. */
  readonly key?: Buffer;
  readonly parseMarkdown: ParseMarkdown;
  readonly clock: Clock;
  /** Where to post a test message: a channel's id, or `#name`. */
  readonly postTo?: string;
}

/** Stands in where there is no key, and then no code is shown. */
const NO_KEY = Buffer.alloc(32);
const SILENT: Log = { debug() {}, info() {}, warn() {}, error() {} };

interface GatewayLimits {
  readonly session_start_limit: { readonly remaining: number; readonly reset_after: number };
}

/** Tries a Discord application’s token, address and permissions without connecting it. Never throws. */
export async function diagnoseDiscord(parts: DiscordDiagnosisParts): Promise<readonly Finding[]> {
  const { token, publicKey, apiUrl, key, parseMarkdown, clock, postTo } = parts;
  const api = createDiscordApi({ token: { now: token, renew: () => false }, clock, ...(apiUrl && { apiUrl }) });
  const served = createServedServers({
    serverIds: parts.serverIds,
    guildId: parts.guildId,
    clock,
    settings: inMemory(parts.settings),
    codes: createServerCodes(key ?? NO_KEY),
  });
  const channels = createChannels(api, clock);
  let application: Application;
  let bot: string;
  try {
    application = await api.request<Application>('GET', '/applications/@me');
    bot = await findBotId(api, application);
  } catch (error) {
    return [failed('the token does not work', error)];
  }
  const botId = () => bot;
  const fillOnce = () => served.fillOnce((ids) => serversOfChannels(channels, ids));
  const directory = createDirectory({ api, clock, channels, served, botId });
  const toPayloads = (message: Message) => toDiscordMessages(message, { parseMarkdown });
  const sender = createSender({
    api,
    channels,
    directory,
    parseMarkdown,
    toPayloads,
    botId,
    now: clock.now,
    log: SILENT,
  });

  async function checkGateway(): Promise<Finding> {
    const { remaining, reset_after: wait } = (await api.request<GatewayLimits>('GET', '/gateway/bot'))
      .session_start_limit;
    if (remaining > 0)
      return { ok: true, what: `the gateway can be opened ${remaining} more time${remaining === 1 ? '' : 's'} today` };
    const hours = Math.ceil(wait / 3_600_000);
    return {
      ok: false,
      what: 'the gateway may not be opened any more today',
      todo: `Too many starts. Leave Bellhop stopped for ${hours} hour${hours === 1 ? '' : 's'}.`,
    };
  }

  async function post(where: string): Promise<Finding> {
    const { id, name } = await directory.find(where);
    const message = toMessage({ body: 'Bellhop can post here.' });
    await sender.post(id, message, { nonce: randomBytes(9).toString('base64url') });
    return { ok: true, what: `a test message was posted in #${name}` };
  }

  return [
    { ok: true, what: `the token belongs to ${application.name}` },
    ...checkAddress(publicKey, application),
    ...(publicKey ? [] : [await attempt('the gateway cannot be opened', checkGateway)]),
    ...(application.bot_public
      ? [{ ok: false, what: 'anybody may add the bot to their own server', todo: PUBLIC_BOT }]
      : []),
    ...(await checkServers({
      api,
      served,
      link: toInviteLink(application.id),
      fillOnce,
      started: key !== undefined,
    })),
    ...(postTo ? [await attempt(`posting to ${postTo} does not work`, () => post(postTo))] : []),
  ];
}

function checkAddress(publicKey: string | undefined, application: Application): readonly Finding[] {
  try {
    checkKey(publicKey, application);
  } catch (error) {
    return [failed('the public key is that of another application', error)];
  }
  const todo = misdirection(publicKey, application);
  return [todo ? { ok: false, what: 'commands do not arrive here', todo } : { ok: true, what: 'commands arrive here' }];
}

interface ServersParts {
  readonly api: DiscordApi;
  readonly served: ServedServers;
  /** The link that adds Bellhop to a server. */
  readonly link: string;
  /** Fills the list of servers of an installation that is older than that list. */
  readonly fillOnce: () => Promise<unknown>;
  /** Whether Bellhop ever was started here, and so has a key. */
  readonly started: boolean;
}

async function checkServers({ api, served, link, fillOnce, started }: ServersParts): Promise<readonly Finding[]> {
  const invitation = { ok: true, what: `this link adds Bellhop to a server: ${link}` };

  function check({ id, name, missing }: Server): Finding {
    const called = oneLine(name);
    if (!served.has(id)) {
      const what = `it is on the server ${called} (${id}), which this Bellhop does not serve`;
      const todo =
        started || !served.growing
          ? toServe(served, id)
          : 'Start Bellhop, and ask again for the code that confirms it.';
      return { ok: false, what, todo: `${todo} If that server is not yours, remove Bellhop from it.` };
    }
    if (missing.length === 0) return { ok: true, what: `it has every permission it needs on ${called}` };
    return {
      ok: false,
      what: `it lacks ${missing.map((permission) => `\`${permission}\``).join(', ')} on ${called}`,
      todo: 'Open the link above again for that server, or allow it under Server Settings → Roles.',
    };
  }

  try {
    await fillOnce();
    const servers = await listServers(api);
    if (servers.length === 0)
      return [
        { ok: false, what: 'Bellhop is on no server yet', todo: `Open this link and choose your server: ${link}` },
      ];
    return [invitation, ...servers.map(check)];
  } catch (error) {
    return [invitation, failed('its servers cannot be listed', error)];
  }
}

/** Settings in memory: what a diagnosis changes is not saved. */
function inMemory(settings: Settings): Pick<SettingsStore, 'current' | 'update'> {
  let current = settings;
  return {
    get current() {
      return current;
    },
    async update(change) {
      current = change(current);
      return current;
    },
  };
}

async function attempt(what: string, check: () => Promise<Finding>): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    return failed(what, error);
  }
}

function failed(what: string, error: unknown): Finding {
  if (!(error instanceof AppError)) throw error;
  return { ok: false, what, todo: error.message };
}
