import { listOf, partOf, textOf } from './answer-parts.ts';

/** The workspace that the bot token belongs to. */
export interface Home {
  readonly team: string;
  /** The organization it is part of, where there is one. */
  readonly enterprise: string | undefined;
  /** Whether the app is installed for the whole organization. */
  readonly wide: boolean;
}

/**
 * Whether what Slack sent happened in our own workspace, and was done by one of its people. An app may be installed in
 * several workspaces or for a whole organization, and a channel may be shared with another company: an admin there has
 * no rights here. A body that names no workspace is not ours.
 */
export function isOurs(body: unknown, home: Home): boolean {
  const teams = given([
    partOf(body, 'team_id'),
    partOf(body, 'team', 'id'),
    partOf(body, 'view', 'app_installed_team_id'),
  ]);
  const enterprises = given([
    partOf(body, 'enterprise_id'),
    partOf(body, 'enterprise', 'id'),
    partOf(body, 'team', 'enterprise_id'),
  ]);
  return (
    teams.length > 0 &&
    teams.every((team) => team === home.team) &&
    enterprises.every((enterprise) => enterprise === home.enterprise) &&
    (home.wide || String(partOf(body, 'is_enterprise_install')) !== 'true') &&
    isForUs(body, home) &&
    isFromUs(body, home, enterprises.length > 0)
  );
}

/** Events say for whom they were sent. */
function isForUs(body: unknown, { team }: Home): boolean {
  const receivers = listOf(body, 'authorizations');
  return receivers.length === 0 || receivers.some((receiver) => textOf(receiver, 'team_id') === team);
}

/** In an organization a person's home may be another of its workspaces: whether they are a member here too, Slack is asked. */
function isFromUs(body: unknown, { team, enterprise }: Home, sameOrganization: boolean): boolean {
  const homes = given([
    partOf(body, 'user', 'team_id'),
    partOf(body, 'user_team'),
    partOf(body, 'event', 'user_team'),
    partOf(body, 'event', 'source_team'),
  ]);
  return sameOrganization || homes.every((home) => home === team || home === enterprise);
}

function given(parts: readonly unknown[]): readonly string[] {
  return parts.filter((part) => typeof part === 'string' && part !== '') as readonly string[];
}
