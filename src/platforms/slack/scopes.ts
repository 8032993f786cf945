/** What the bot must be allowed, and what for. */
export const SLACK_SCOPES = {
  commands: 'the command and the message shortcut',
  'chat:write': 'posting messages',
  'users:read': 'telling admins, members and guests apart',
  'channels:read': 'finding public channels by name',
  'groups:read': 'finding private channels it was invited to',
  'im:read': 'commands in direct messages',
  'mpim:read': 'commands in group messages',
  'channels:history': 'looking, after a crash, whether a message got out',
  'groups:history': 'the same in private channels',
  'im:history': 'the same in direct messages',
} as const;
