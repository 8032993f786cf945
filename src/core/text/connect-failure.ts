const FAILURES: Readonly<Record<string, string>> = {
  ENOTFOUND: 'has a host name that does not exist in DNS',
  EAI_AGAIN: 'has a host name that could not be looked up in DNS',
  ECONNREFUSED: 'refuses the connection: nothing listens there',
  TimeoutError: 'did not answer in time',
};

/** What went wrong with a request that got no answer: the rest of a sentence that begins with the address. */
export function describeConnectFailure(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error ? ('code' in cause ? String(cause.code) : cause.name) : '';
  return FAILURES[code] ?? `could not be reached (${code || 'no reason was given'})`;
}
