/** What the bot must be allowed, and what does not work without it. */
export const SLACK_SCOPES = {
  commands: 'the command and the message shortcut do not arrive',
  'chat:write': 'nothing can be posted',
  'reactions:write': 'no reactions show how things stand, where a route wants them',
  'users:read': 'admins, members and guests cannot be told apart, so every command is refused',
  'channels:read': 'public channels cannot be found by name, and nobody can tell who may see them',
  'groups:read': 'private channels cannot be found by name, and nobody can tell who may see them',
  'im:read': 'direct messages cannot be told from channels',
  'mpim:read': 'group messages cannot be told from channels',
  'channels:history':
    'a post to a public channel that Slack did not answer waits, because Bellhop cannot look up whether it was posted',
  'groups:history':
    'a post to a private channel that Slack did not answer waits, because Bellhop cannot look up whether it was posted',
  'mpim:history':
    'a post to a group message that Slack did not answer waits, because Bellhop cannot look up whether it was posted',
  'im:history':
    'a post to a direct message that Slack did not answer waits, because Bellhop cannot look up whether it was posted',
} as const;

/** The scopes that are missing among those that Slack says were granted. */
export function missingScopes(granted: readonly string[]): readonly (keyof typeof SLACK_SCOPES)[] {
  // Without any, Slack did not say.
  if (granted.length === 0) return [];
  const needed = Object.keys(SLACK_SCOPES) as (keyof typeof SLACK_SCOPES)[];
  return needed.filter((scope) => !granted.includes(scope));
}
