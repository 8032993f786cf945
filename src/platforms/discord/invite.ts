import { neededPermissions } from './servers/permissions.ts';

/** The link that adds Bellhop to a server, with exactly the permissions it needs. */
export function toInviteLink(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: 'bot applications.commands',
    permissions: String(neededPermissions),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}
