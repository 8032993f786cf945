import { randomBytes } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import { AppError } from '../../core/errors.ts';
import { type Message, toMessage } from '../../core/message/message.ts';
import type { ParseMarkdown } from '../../core/message/tree.ts';
import type { Finding } from '../../core/platform/diagnosis.ts';
import { type Application, checkKey, misdirection } from './application.ts';
import { createDiscordApi } from './connection/api.ts';
import { toInviteLink } from './invite.ts';
import { toDiscordMessages } from './message/to-discord-messages.ts';
import { createDirectory, type Directory } from './posting/directory.ts';
import { createSender } from './posting/sender.ts';

export interface DiscordDiagnosisParts {
  readonly token: string;
  readonly publicKey?: string;
  readonly apiUrl?: string;
  readonly parseMarkdown: ParseMarkdown;
  readonly clock: Clock;
  /** Where to post a test message: a channel's id, or `#name`. */
  readonly postTo?: string;
}

interface GatewayLimits {
  readonly session_start_limit: { readonly remaining: number; readonly reset_after: number };
}

/** Tries a Discord application’s token, address and permissions without connecting it. Never throws. */
export async function diagnoseDiscord(parts: DiscordDiagnosisParts): Promise<readonly Finding[]> {
  const { token, publicKey, apiUrl, parseMarkdown, clock, postTo } = parts;
  const api = createDiscordApi({ token: { now: token, renew: () => false }, clock, ...(apiUrl && { apiUrl }) });
  let application: Application;
  try {
    application = await api.request<Application>('GET', '/applications/@me');
  } catch (error) {
    return [failed('the token does not work', error)];
  }
  const applicationId = () => application.id;
  const directory = createDirectory(api, { clock, applicationId });
  const toPayloads = (message: Message) => toDiscordMessages(message, { parseMarkdown });
  const sender = createSender({ api, directory, parseMarkdown, toPayloads, applicationId });

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
    return { ok: true, what: `a test message stands in #${name}` };
  }

  return [
    { ok: true, what: `the token belongs to ${application.name}` },
    ...checkAddress(publicKey, application),
    ...(publicKey ? [] : [await attempt('the gateway cannot be opened', checkGateway)]),
    ...(await checkServers(directory, toInviteLink(application.id))),
    ...(postTo ? [await attempt(`posting to ${postTo} does not work`, () => post(postTo))] : []),
  ];
}

function checkAddress(publicKey: string | undefined, application: Application): readonly Finding[] {
  try {
    checkKey(publicKey, application);
  } catch (error) {
    return [failed('the public key is another', error)];
  }
  const todo = misdirection(publicKey, application);
  return [todo ? { ok: false, what: 'commands go elsewhere', todo } : { ok: true, what: 'commands come here' }];
}

async function checkServers(directory: Directory, link: string): Promise<readonly Finding[]> {
  const invitation = { ok: true, what: `this link adds Bellhop to a server: ${link}` };
  try {
    const servers = await directory.servers();
    if (servers.length === 0)
      return [
        { ok: false, what: 'Bellhop is on no server yet', todo: `Open this link and choose your server: ${link}` },
      ];
    return [
      invitation,
      ...servers.map(({ name, missing }) =>
        missing.length === 0
          ? { ok: true, what: `it has every permission it needs on ${name}` }
          : {
              ok: false,
              what: `it lacks ${missing.map((permission) => `\`${permission}\``).join(', ')} on ${name}`,
              todo: 'Open the link above again for that server, or allow it under Server Settings → Roles.',
            },
      ),
    ];
  } catch (error) {
    return [invitation, failed('its servers cannot be listed', error)];
  }
}

async function attempt(what: string, deed: () => Promise<Finding>): Promise<Finding> {
  try {
    return await deed();
  } catch (error) {
    return failed(what, error);
  }
}

function failed(what: string, error: unknown): Finding {
  if (!(error instanceof AppError)) throw error;
  return { ok: false, what, todo: error.message };
}
