export interface AppErrorOptions {
  /** The failure underneath. Logged, never shown. */
  readonly cause?: unknown;
  /** Milliseconds to wait before trying again; leave out when trying again cannot help. */
  readonly retryAfter?: number;
}

/** A failure we foresaw: its message is safe to show to whoever caused it. */
export class AppError extends Error {
  readonly status: number;
  readonly code: string;
  readonly retryAfter: number | undefined;

  constructor(status: number, code: string, message: string, options: AppErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = this.constructor.name;
    this.status = status;
    this.code = code;
    this.retryAfter = options.retryAfter;
  }
}

/** The words of an unforeseen failure, for people who cannot do anything about it. */
export const UNFORESEEN = 'Something went wrong on our side.';

export function notFound(what: string, hint?: string): AppError {
  return new AppError(404, 'not_found', `${what} does not exist.${hint ? ` ${hint}` : ''}`);
}

export function badRequest(message: string, cause?: unknown): AppError {
  return new AppError(400, 'bad_request', message, { cause });
}

/** A value that cannot be used, and the option it was given for: a form shows the message beside that field. */
export class OptionError extends AppError {
  readonly field: string;

  constructor(field: string, message: string, { code = 'bad_option', status = 400 } = {}) {
    super(status, code, message);
    this.field = field;
  }
}
