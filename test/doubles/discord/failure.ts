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
  50001: [403, 'Missing Access'],
  50005: [403, 'Cannot edit a message authored by another user'],
  50006: [400, 'Cannot send an empty message'],
  50008: [400, 'Cannot send messages in a non-text channel'],
  50013: [403, 'Missing Permissions'],
  50027: [401, 'Invalid Webhook Token'],
  50035: [400, 'Invalid Form Body'],
  50083: [400, 'Thread is archived'],
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
    const errors = { _errors: this.problems.map((message) => ({ code: 'BASE_TYPE_INVALID', message })) };
    return { message: this.message, code: this.code, ...(this.problems.length > 0 && { errors }) };
  }
}
