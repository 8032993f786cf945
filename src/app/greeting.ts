export interface Greeting {
  /** How long the start took. */
  readonly seconds: string;
  /** Where the page is. */
  readonly url: string;
  /** Signs in once. */
  readonly code: string;
  readonly publicUrl: string;
  /** Whether somebody said that providers reach the public address. */
  readonly reachable: boolean;
}

/** What a start says to the person at the terminal: that it is ready, and what to do next. */
export function toGreeting({ seconds, url, code, publicUrl, reachable }: Greeting): string {
  return [
    `Bellhop is ready (${seconds} s).`,
    `  Sign in once:  ${url}/sign-in?code=${code}`,
    `  Then type:     /webhook new github in #ops`,
    `  Deliveries:    ${publicUrl}/in/…${reachable ? '' : '   (set PUBLIC_URL to the address providers can reach)'}`,
  ].join('\n');
}
