import { Refusal } from './refusal.ts';

export const SCOPES = [
  'commands',
  'chat:write',
  'reactions:write',
  'users:read',
  'channels:read',
  'groups:read',
  'im:read',
  'mpim:read',
  'channels:history',
  'groups:history',
  'mpim:history',
  'im:history',
] as const;

const NEEDED: Readonly<Record<string, string>> = {
  'chat.postMessage': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'chat.update': 'chat:write',
  'reactions.add': 'reactions:write',
  'reactions.remove': 'reactions:write',
  'chat.delete': 'chat:write',
  'conversations.list': 'channels:read',
  'conversations.join': 'channels:join',
  'users.info': 'users:read',
  'users.list': 'users:read',
};

/** What a method may do depends on the kind of channel it names. */
const NEEDED_IN: Readonly<Record<string, 'read' | 'history'>> = {
  'conversations.info': 'read',
  'conversations.members': 'read',
  'conversations.history': 'history',
  'conversations.replies': 'history',
};
const FAMILIES = { public: 'channels', private: 'groups', im: 'im', mpim: 'mpim' } as const;

/** The tokens of the app: a bot token for everything, an app token for the socket. */
export function createTokens(bot: string, app: string) {
  const kinds = new Map<string, 'bot' | 'app'>([
    [bot, 'bot'],
    [app, 'app'],
  ]);
  const failures = new Map<string, string>();
  const scopes = new Set<string>(SCOPES);

  return {
    scopes,
    /** From now on a token is answered with this error; with nothing it works again. */
    revoke(token: string, error: string | undefined) {
      if (error) failures.set(token, error);
      else failures.delete(token);
    },
    /** Replaces every token of a kind by a new one. */
    replace(kind: 'bot' | 'app', token: string) {
      for (const [old, itsKind] of kinds) if (itsKind === kind) failures.set(old, 'token_revoked');
      kinds.set(token, kind);
    },
    check(method: string, token: string | undefined, channel: keyof typeof FAMILIES = 'public') {
      if (!token) throw new Refusal('not_authed');
      const failure = failures.get(token);
      if (failure) throw new Refusal(failure);
      const kind = kinds.get(token);
      if (!kind) throw new Refusal('invalid_auth');
      const wanted = method === 'apps.connections.open' ? 'app' : 'bot';
      if (kind !== wanted && method !== 'auth.test') throw new Refusal('not_allowed_token_type');
      const deed = NEEDED_IN[method];
      const needed = deed ? `${FAMILIES[channel]}:${deed}` : NEEDED[method];
      if (needed && !scopes.has(needed)) {
        throw new Refusal('missing_scope', { needed, provided: [...scopes].join(',') });
      }
    },
  };
}
