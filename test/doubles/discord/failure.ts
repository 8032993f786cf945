const MESSAGES: Readonly<Record<number, readonly [status: number, message: string]>> = {
  0: [401, '401: Unauthorized'],
  10003: [404, 'Unknown Channel'],
  10004: [404, 'Unknown Guild'],
  10007: [404, 'Unknown Member'],
  10008: [404, 'Unknown Message'],
  10015: [404, 'Unknown Webhook'],
  10062: [404, 'Unknown interaction'],
  40058: [400, 'Cannot send messages in this forum channel'],
  40060: [400, 'Interaction has already been acknowledged.'],
  40067: [400, 'A tag is required to create a forum post in this channel'],
  50001: [403, 'Missing Access'],
  50005: [403, 'Cannot edit a message authored by another user'],
  50006: [400, 'Cannot send an empty message'],
  50007: [403, 'Cannot send messages to this user'],
  50008: [400, 'Cannot send messages in a non-text channel'],
  50013: [403, 'Missing Permissions'],
  50027: [401, 'Invalid Webhook Token'],
  50035: [400, 'Invalid Form Body'],
  50083: [400, 'Thread is archived'],
  160005: [403, 'This thread is locked'],
  160004: [400, 'A thread has already been created for this message'],
};

/** An error as Discord answers it: a status, a code and a sentence. */
export class DiscordFailure extends Error {
  readonly status: number;
  readonly code: number;
  readonly problems: readonly string[];

  constructor(code: number, problems: readonly string[] = []) {
    const [status, message] = MESSAGES[code] ?? [400, `Error ${code}`];
    super(message);
    this.status = status;
    this.code = code;
    this.problems = problems;
  }

  toJSON(): object {
    const errors = toErrors(this.problems);
    return { message: this.message, code: this.code, ...(errors && { errors }) };
  }
}

/** Problems under the ways to the parts they are about, as Discord nests them. */
function toErrors(problems: readonly string[]): object | undefined {
  if (problems.length === 0) return undefined;
  const root: Record<string, unknown> = {};
  for (const problem of problems) {
    const [, message = problem, pointer = ''] = /^(.*) \[json-pointer:(.*)\]$/.exec(problem) ?? [];
    let place = root;
    for (const name of pointer.split('/').slice(1)) {
      const inner = (place[name] ?? {}) as Record<string, unknown>;
      place[name] = inner;
      place = inner;
    }
    const before = (place._errors ?? []) as readonly object[];
    place._errors = [...before, { code: 'BASE_TYPE_INVALID', message }];
  }
  return root;
}
