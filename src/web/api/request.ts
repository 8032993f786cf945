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
  /** Sent as JSON. */
  readonly body?: unknown;
  /** POST where there is a body and GET where there is none, when absent. */
  readonly method?: 'POST' | 'PUT' | 'DELETE';
  readonly signal?: AbortSignal;
  /** Whether an answer that says `ok: false` is wanted as well: a refused command says why, and may bring a form. */
  readonly evenRefused?: boolean;
}

/** Asks Bellhop's API, and gives back what it says. Throws `RequestError`; status 0 means nobody answered. */
export async function request<Answer>(
  path: string,
  { query = {}, body, method = body === undefined ? undefined : 'POST', signal, evenRefused }: RequestOptions = {},
): Promise<Answer> {
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const search = given.length > 0 ? `?${new URLSearchParams(given)}` : '';
  const response = await fetch(`/api/v1${path}${search}`, {
    ...(method && { method }),
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...(method && { 'x-bellhop': '1' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  }).catch((error: unknown) => {
    throw signal?.aborted ? error : unanswered();
  });
  const answer: unknown = await response.json().catch((error: unknown) => {
    if (signal?.aborted) throw error;
    // One that says all is well and cannot be read was cut short.
    if (response.ok) throw unanswered();
  });
  const isWanted = response.ok || (evenRefused && isRefusal(answer));
  if (!isWanted) throw toError(response.status, answer);
  // The API and this page are built together: its shapes are the ones in `shapes.ts`.
  return answer as Answer;
}

function unanswered(): RequestError {
  return new RequestError(0, 'offline', 'Bellhop does not answer. Check that it is running, then try again.');
}

function isRefusal(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === false;
}

function toError(status: number, answer: unknown): RequestError {
  const { code, message } = (typeof answer === 'object' && answer !== null ? answer : {}) as Record<string, unknown>;
  return new RequestError(
    status,
    typeof code === 'string' ? code : 'unknown',
    typeof message === 'string' ? message : `Bellhop answered with status ${status}. Try again.`,
  );
}
