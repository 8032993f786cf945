/** A request that did not succeed, in words fit for the person who made it. */
export class RequestError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'RequestError';
    this.status = status;
    this.code = code;
  }
}

export interface RequestOptions {
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** Sent as JSON; makes the request a POST. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** Asks Bellhop's API, and gives back what it says. Throws `RequestError`; status 0 means nobody answered. */
export async function request<Answer>(
  path: string,
  { query = {}, body, signal }: RequestOptions = {},
): Promise<Answer> {
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const search = given.length > 0 ? `?${new URLSearchParams(given)}` : '';
  const response = await fetch(`/api/v1${path}${search}`, {
    ...(body !== undefined && {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', 'x-bellhop': '1' },
    }),
    ...(signal && { signal }),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new RequestError(0, 'offline', 'Bellhop does not answer. Check that it is running, then try again.');
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw toError(response.status, answer);
  // The API and this page are built together: its shapes are the ones in `shapes.ts`.
  return answer as Answer;
}

function toError(status: number, answer: unknown): RequestError {
  const { code, message } = (typeof answer === 'object' && answer !== null ? answer : {}) as Record<string, unknown>;
  return new RequestError(
    status,
    typeof code === 'string' ? code : 'unknown',
    typeof message === 'string' ? message : `Bellhop answered with status ${status}. Try again.`,
  );
}
