import type { Clock } from '../../core/clock.ts';
import type { CommandRunner } from '../../core/command/command.ts';
import type { Log } from '../../core/log.ts';
import type { Message } from '../../core/message/message.ts';
import type { ParseMarkdown } from '../../core/message/tree.ts';
import type { Platform, PlatformHealth } from '../../core/platform/platform.ts';
import { type Application, checkKey, misdirection } from './application.ts';
import { createDiscordApi } from './connection/api.ts';
import { createGateway } from './connection/gateway.ts';
import { createInbox, type InboxAnswer } from './connection/inbox.ts';
import { createRecovery } from './connection/recovery.ts';
import { createToken } from './connection/token.ts';
import { type InteractionHeaders, isFromDiscord } from './connection/verify-interaction.ts';
import { createInteractions } from './interactions/interactions.ts';
import { toApplicationCommands } from './interactions/to-application-commands.ts';
import { toInviteLink } from './invite.ts';
import { createShortNames } from './message/short-names.ts';
import { toDiscordMessages } from './message/to-discord-messages.ts';
import { createDirectory, type Server } from './posting/directory.ts';
import { createSender } from './posting/sender.ts';
import { registerCommands } from './register-commands.ts';

export interface DiscordPlatformParts {
  readonly token: string;
  /** The token as it is set at this moment, asked for when Discord refuses it. May throw while that makes no sense. */
  readonly readToken?: () => string | undefined;
  /** When given, interactions come over HTTP and no gateway is opened. */
  readonly publicKey?: string;
  readonly apiUrl?: string;
  /** Registers commands on this server alone, where a change shows at once. For development. */
  readonly guildId?: string;
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

/** Discord, over its gateway or over HTTP. */
export function createDiscordPlatform(parts: DiscordPlatformParts): DiscordPlatform {
  const { publicKey, apiUrl, guildId, parseMarkdown, clock, log, loginDeadline, refusals, logins } = parts;
  const address = apiUrl === undefined ? {} : { apiUrl };
  let application: Application | undefined;
  let listening = false;

  const token = createToken(parts);
  const applicationId = () => application?.id ?? '';
  const names = createShortNames();
  const toPayloads = (message: Message, most: 1 | 2 = 2) =>
    toDiscordMessages(message, { parseMarkdown, shorten: names.shorten, most });
  const comeBack = () => {
    if (listening) recovery.begin();
  };
  const api = createDiscordApi({
    token,
    clock,
    onRefused: comeBack,
    ...address,
    ...(refusals !== undefined && { refusals }),
  });
  const directory = createDirectory(api, { clock, applicationId });
  const sender = createSender({ api, directory, parseMarkdown, toPayloads, applicationId });
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
  const recovery = createRecovery({ api, gateway, clock, log });

  async function start(run: CommandRunner): Promise<void> {
    application = await api.request<Application>('GET', '/applications/@me');
    checkKey(publicKey, application);
    const warning = misdirection(publicKey, application);
    if (warning) log.warn({ platform: 'discord' }, warning);
    const commands = toApplicationCommands(run.commands);
    const outcome = await registerCommands(api, commands, { applicationId: application.id, guildId });
    log.info({ platform: 'discord', commands: run.commands.size, outcome }, 'Discord knows the commands');
    inbox.open(createInteractions({ api, run, directory, names, applicationId: application.id, toPayloads, log }));
    await gateway?.open();
    listening = true;
  }

  function health(): PlatformHealth {
    const { stopped } = api;
    if (stopped) return { ready: false, detail: stopped.message };
    if (gateway?.end) return { ready: false, detail: gateway.end.message };
    if (!listening) return { ready: false, detail: 'Not connected yet.' };
    if (!gateway) return { ready: true, detail: 'Takes commands over HTTP.' };
    return gateway.state === 'connected'
      ? { ready: true, detail: 'Connected to the gateway.' }
      : { ready: false, detail: 'The gateway connection is down; it comes back by itself.' };
  }

  return {
    name: 'discord',
    title: 'Discord',
    // https://discord.com/developers/docs/topics/rate-limits names no number; bots see five messages in five seconds.
    budget: { perSecond: 1, burst: 5 },
    start,
    async stop() {
      listening = false;
      recovery.stop();
      await gateway?.close();
      await inbox.close();
    },
    health,
    servers: directory.servers,
    channel: directory.find,
    post: sender.post,
    edit: sender.edit,
    find: sender.find,
    sees: async () => true,
    open: async () => true,
    get inviteLink() {
      return application && toInviteLink(application.id);
    },
    async handleInteraction({ headers, body }) {
      if (!publicKey || !isFromDiscord(publicKey, headers, body))
        return { status: 401, body: { code: 'bad_signature', message: 'The signature is not from Discord.' } };
      return inbox.answer(body);
    },
  };
}
