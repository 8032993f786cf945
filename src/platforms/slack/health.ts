import type { PlatformHealth } from '../../core/platform/platform.ts';
import type { SlackOptions } from './connection/options.ts';
import type { Session } from './open-session.ts';

/** Whether Slack can be used now, and what to do when not. */
export function toHealth(
  session: Session | undefined,
  {
    appToken,
    signingSecret,
    listening = true,
  }: Pick<SlackOptions, 'appToken' | 'signingSecret'> & { readonly listening?: boolean },
): PlatformHealth {
  if (!session) return { ready: false, detail: 'Not started.' };
  const { identity, lines } = session;
  const { refusal } = identity;
  if (refusal)
    return {
      ready: false,
      // What a refused token asks for says already how it goes on.
      detail: refusal.kind === 'credential' ? refusal.message : `${refusal.message} Bellhop tries again by itself.`,
    };
  const open = lines.filter(({ connected }) => connected).length;
  const where = `Posting to ${identity.team?.name ?? 'the workspace'}`;
  const lack = toLack(identity.missing);
  if (open > 0) return { ready: true, detail: `${where}, listening on ${open} of ${lines.length} sockets.${lack}` };
  const problem = lines.find((line) => line.problem)?.problem;
  if (appToken && !listening) return { ready: true, detail: `${where}; another node holds the sockets.${lack}` };
  if (appToken && !signingSecret) {
    return {
      ready: false,
      detail:
        `${where}, but commands do not arrive: no socket is open. ${problem ?? ''} Bellhop tries again by itself.`.replace(
          / {2,}/g,
          ' ',
        ),
    };
  }
  if (signingSecret) return { ready: true, detail: `${where}, listening over HTTP.${lack}` };
  return { ready: true, detail: `${where}. Commands need an app token or a signing secret.${lack}` };
}

function toLack(missing: readonly string[]): string {
  if (missing.length === 0) return '';
  const names = missing.map((scope) => `\`${scope}\``).join(', ');
  return ` The app lacks ${names}: \`npx bellhop doctor\` says what that breaks.`;
}
