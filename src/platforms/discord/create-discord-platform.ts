import type { Clock } from '../../core/clock.ts';
import type { Notes } from '../../core/cluster.ts';
import type { CommandRunner } from '../../core/command/command.ts';
import type { Log } from '../../core/log.ts';
import type { Message } from '../../core/message/message.ts';
import type { ParseMarkdown } from '../../core/message/tree.ts';
import type { Platform, PlatformHealth } from '../../core/platform/platform.ts';
import type { SettingsStore } from '../../core/settings/settings.ts';
import { type Application, checkKey, findBotId, misdirection, notReady, PUBLIC_BOT } from './application.ts';
import { createDiscordApi } from './connection/api.ts';
import { createGateway } from './connection/gateway.ts';
import { stoppedMeanwhile } from './connection/gateway-end.ts';
import { createInbox, type InboxAnswer } from './connection/inbox.ts';
import { createRecovery } from './connection/recovery.ts';
import { createToken } from './connection/token.ts';
import { type InteractionHeaders, isFromDiscord } from './connection/verify-interaction.ts';
import { createAdmission } from './interactions/admission.ts';
import { createConfirmation } from './interactions/confirmation.ts';
import { createInteractions } from './interactions/interactions.ts';
import { toApplicationCommands } from './interactions/to-application-commands.ts';
import { toInviteLink } from './invite.ts';
import { createShortNames } from './message/short-names.ts';
import { toDiscordMessages } from './message/to-discord-messages.ts';
import { createDirectory } from './posting/directory.ts';
import { findNoticed } from './posting/find-noticed.ts';
import { createSender } from './posting/sender.ts';
import { registerCommands } from './register-commands.ts';
import { createServers } from './servers/create-servers.ts';
import { findPerson, findProfiles } from './servers/find-person.ts';
import { listServers, type Server } from './servers/list-servers.ts';

export interface DiscordPlatformParts {
  readonly token: string;
  /** The token as it is set at this moment, asked for when Discord refuses it. May throw while the configuration is invalid. */
  readonly readToken?: () => string | undefined;
  /** When given, interactions come over HTTP and no gateway is opened. */
  readonly publicKey?: string;
  readonly apiUrl?: string;
  /** Registers commands on this server alone, where a change shows at once. For development. */
  readonly guildId?: string;
  /** The only servers that are served; without them, those that an administrator confirmed. */
  readonly serverIds?: readonly string[];
  /** Where confirmed servers are kept. */
  readonly settings: Pick<SettingsStore, 'current' | 'update'>;
  /** The installation's own key, from which the codes of servers are made. */
  readonly key: Buffer;
  /** With other nodes: where each finds what a button of another stands for. */
  readonly notes?: Notes | undefined;
  readonly parseMarkdown: ParseMarkdown;
  readonly clock: Clock;
  readonly log: Log;
  /** Milliseconds that logging in may take. */
  readonly loginDeadline?: number;
  /** How many refused requests in ten minutes silence us. */
  readonly refusals?: number;
  /** How many logins need not wait. */
  readonly logins?: number;
}

export interface DiscordPlatform extends Platform {
  /** Answers a request to the interactions endpoint. */
  handleInteraction(request: { readonly headers: InteractionHeaders; readonly body: Buffer }): Promise<InboxAnswer>;
  /** The link that adds Bellhop to a server; nothing before `start`. */
  readonly inviteLink: string | undefined;
  /** The servers that Bellhop was added to, and the permissions it lacks on each. */
  servers(): Promise<readonly Server[]>;
}

const NO_SERVER =
  ' No Discord server is served yet: type `/webhook confirm` on yours, with the code that Bellhop logs and `bellhop doctor` shows.';

/** Discord, over its gateway or over HTTP. */
export function createDiscordPlatform(parts: DiscordPlatformParts): DiscordPlatform {
  const { publicKey, apiUrl, guildId, serverIds, settings, key, parseMarkdown, clock, log } = parts;
  const { loginDeadline, refusals, logins } = parts;
  const address = apiUrl === undefined ? {} : { apiUrl };
  let known: { readonly application: Application; readonly botId: string } | undefined;
  let started = false;
  /** Whether the gateway's connection is to be held here. */
  let holds = true;
  /** How often it was started or stopped: a start that was stopped meanwhile must not go on. */
  let turns = 0;

  const token = createToken(parts);
  const botId = () => ourselves().botId;
  const names = createShortNames(parts.notes);
  const toPayloads = (message: Message, most: 1 | 2 = 2) =>
    toDiscordMessages(message, { parseMarkdown, shorten: names.shorten, most });
  const comeBack = () => {
    if (started) recovery.begin();
  };
  const api = createDiscordApi({
    token,
    clock,
    onRefused: comeBack,
    ...address,
    ...(refusals !== undefined && { refusals }),
  });
  const servers = createServers({ api, clock, log, settings, key, serverIds, guildId });
  const { served, channels, sight } = servers;
  const directory = createDirectory({ api, clock, channels, served, botId });
  const sender = createSender({ api, channels, directory, parseMarkdown, toPayloads, botId, now: clock.now, log });
  const inbox = createInbox();
  const gateway = publicKey
    ? undefined
    : createGateway({
        token,
        clock,
        log,
        ...address,
        onInteraction: inbox.take,
        onEnd: comeBack,
        ...(loginDeadline !== undefined && { deadline: loginDeadline }),
        ...(logins !== undefined && { logins }),
      });
  const recovery = createRecovery({ api, gateway, holds: () => holds, clock, log });

  function ourselves(): { readonly application: Application; readonly botId: string } {
    if (!known) throw api.stopped ?? notReady();
    return known;
  }

  async function start(run: CommandRunner): Promise<void> {
    const mine = ++turns;
    const application = await api.request<Application>('GET', '/applications/@me');
    checkKey(publicKey, application);
    const warning = misdirection(publicKey, application);
    if (warning) log.warn({ platform: 'discord' }, warning);
    if (application.bot_public)
      log.warn({ platform: 'discord' }, `Anybody may add this bot to their own Discord server. ${PUBLIC_BOT}`);
    const bot = await findBotId(api, application);
    await servers.fillOnce();
    known = { application, botId: bot };
    await servers.noteStrangers();
    const commands = toApplicationCommands(run.commands, { confirm: served.growing });
    const outcome = await registerCommands(api, commands, { applicationId: application.id, guildId });
    log.info({ platform: 'discord', commands: run.commands.size, outcome }, 'Discord knows the commands');
    if (mine !== turns) throw stoppedMeanwhile();
    inbox.open(
      createInteractions({
        api,
        run,
        names,
        applicationId: application.id,
        botId: bot,
        toPayloads,
        admit: createAdmission(servers),
        confirmServer: createConfirmation({ served, log }),
        log,
      }),
    );
    if (holds) await gateway?.open();
    started = true;
    if (!holds) await gateway?.close();
  }

  function health(): PlatformHealth {
    const { stopped } = api;
    if (stopped) return { ready: false, detail: stopped.message };
    if (gateway?.end) return { ready: false, detail: gateway.end.message };
    if (!started) return { ready: false, detail: 'Not connected yet.' };
    const missing = served.all.length > 0 ? '' : NO_SERVER;
    if (gateway && !holds) return { ready: true, detail: `Another node is connected to the gateway.${missing}` };
    if (!gateway) return { ready: true, detail: `Takes commands over HTTP.${missing}` };
    return gateway.state === 'connected'
      ? { ready: true, detail: `Connected to the gateway.${missing}` }
      : { ready: false, detail: 'The gateway connection is down; it comes back by itself.' };
  }

  return {
    name: 'discord',
    title: 'Discord',
    // https://discord.com/developers/docs/topics/rate-limits names no number; bots see five messages in five seconds.
    budget: { perSecond: 1, burst: 5 },
    // https://discord.com/developers/docs/topics/rate-limits#global-rate-limit: fifty requests a second, also for what people ask.
    totalBudget: { perSecond: 30, burst: 10 },
    messagesFor: (message) => toPayloads(message).length,
    start,
    async stop() {
      turns++;
      started = false;
      recovery.stop();
      await gateway?.close();
      await inbox.close();
    },
    async listen(on) {
      holds = on;
      if (!started) return;
      if (!on) return gateway?.close();
      await gateway?.open().catch((error: unknown) => {
        log.warn({ platform: 'discord', err: error }, 'the gateway could not be opened; trying again');
        recovery.begin();
      });
    },
    health,
    servers: () => listServers(api),
    channel: directory.find,
    person: async (text) => findPerson(text),
    profiles: async (said) => findProfiles(said, api, served.all),
    post: sender.post,
    edit: sender.edit,
    stands: sender.stands,
    find: sender.find,
    noticed: (channel, since) => findNoticed({ api, botId }, channel, since),
    async link({ channel, id }) {
      const server = await channels.serverOf(channel).catch(() => undefined);
      return server && `https://discord.com/channels/${server}/${channel}/${id}`;
    },
    async sees(user, channel) {
      // Before the bot is known, which servers are served is not either.
      ourselves();
      return sight.sees(user, channel);
    },
    async open(channel) {
      ourselves();
      return sight.open(channel);
    },
    get inviteLink() {
      return known && toInviteLink(known.application.id);
    },
    async handleInteraction({ headers, body }) {
      if (!publicKey || !isFromDiscord(publicKey, headers, body))
        return { status: 401, body: { code: 'bad_signature', message: 'The signature is not from Discord.' } };
      return inbox.answer(body);
    },
  };
}
