const STAND_INS =
  /<(?:@(?<role>&)?!?\d{5,20}|(?<channel>#)\d{5,20}|id:(?<place>\w{1,30})|a?:(?<emoji>\w{2,32}):\d{5,20}|\/(?<command>[\w -]{1,100}):\d{5,20}|t:(?<time>-?\d{1,12})(?::[a-zA-Z])?)>/g;

/** Discord's Markdown with words in the place of its own stand-ins: for people, channels, emoji, commands and moments. Nobody is pinged. */
export function discordMarkup(text: string): string {
  return text
    .replace(STAND_INS, (whole, ...rest) => {
      const parts = rest.at(-1) as Readonly<Record<string, string | undefined>>; // The pattern has named groups.
      if (parts.time !== undefined) return momentText(Number(parts.time)) ?? whole;
      if (parts.emoji !== undefined) return `:${parts.emoji}:`;
      if (parts.command !== undefined) return `/${parts.command}`;
      if (parts.channel !== undefined || parts.place !== undefined) return 'a channel';
      return parts.role === undefined ? 'someone' : 'a role';
    })
    .replace(/\|\|([^|\n]{1,2000})\|\|/g, '$1')
    .replace(/^-# +/gm, '');
}

/** `2026-05-01 10:00 UTC`. */
function momentText(seconds: number): string | undefined {
  const moment = new Date(seconds * 1_000);
  if (Number.isNaN(moment.getTime())) return undefined;
  return `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
