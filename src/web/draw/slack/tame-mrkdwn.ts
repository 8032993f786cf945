/** Looks like a colon, and is none. */
const LOOK_ALIKE = '\uA789';
/** Joins what is beside it, and is not seen. */
const JOINER = '\u2060';
/** Where a link or moment leads, up to the words it shows; or what the library takes for more than text. */
const TARGET_OR_TRAP = /<[^<>|]*(?=[|>])|:(?! )|\bwww(?=\.)|@/gi;

/**
 * Slack's mrkdwn for a library that reads more into it than Slack does, and then draws no link around what it read:
 * whatever stands between two colons without a space is an emoji to it, such as the minutes of a time, and a link is
 * whatever looks like an address.
 */
export function tameMrkdwn(mrkdwn: string): string {
  return mrkdwn.replace(TARGET_OR_TRAP, (found) => {
    if (found === ':') return LOOK_ALIKE;
    if (found === '@') return `${JOINER}@`;
    return found.startsWith('<') ? found : `${found}${JOINER}`;
  });
}
