import type { Markdown } from '../core/message/message.ts';

export interface Greeting {
  /** How long the start took. */
  readonly seconds: string;
  /** Where the page is. */
  readonly url: string;
  /** Signs in once. */
  readonly code: string;
  readonly publicUrl: string;
  /** Why providers do not reach the public address, and what to do. */
  readonly reach?: Markdown;
}

/** What a start says to the person at the terminal: that it is ready, and what to do next. */
export function toGreeting({ seconds, url, code, publicUrl, reach }: Greeting): string {
  return [
    `Bellhop is ready (${seconds} s).`,
    `  Sign in once:  ${url}/sign-in?code=${code}`,
    `  Then type:     /webhook new github in #ops`,
    `  Deliveries:    ${publicUrl}/in/…`,
    ...(reach ? [`  ${reach.replaceAll('`', '')}`] : []),
  ].join('\n');
}
