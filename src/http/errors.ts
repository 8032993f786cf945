import type { FastifyBaseLogger, FastifyError, FastifyInstance } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { AppError, notFound, UNFORESEEN } from '../core/errors.ts';
import { describeMistake } from './describe-mistake.ts';
import type { Failure } from './failure.ts';
import { sendPage, wantsPage } from './person-page.ts';

/** What the framework refuses, in our words. */
const FRAMEWORK: Readonly<Record<string, readonly [code: string, message: string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [
    'body_too_large',
    'The body is too large: at most 6 MB, or 32 MB for an edited event. Send less.',
  ],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported_type', 'Send JSON, with the header `content-type: application/json`.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['bad_request', 'The body is empty. Send JSON, or leave the content type out.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    'bad_request',
    'The body is not as long as `content-length` says. Send it again with the right length.',
  ],
  FST_ERR_BAD_URL: [
    'bad_request',
    'The address is not valid: every `%` must be followed by two hex digits, such as `%20`, and the result must be UTF-8.',
  ],
};
const OTHERWISE = ['bad_request', 'The request cannot be read. Check the address, the headers and the body.'] as const;

/** Every failure becomes `{ code, message }` and a fitting status; for a browser, a page that says the same and what to do. */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError | AppError>((error, request, reply) => {
    const failure = toFailure(error, request.log);
    if (wantsPage(request)) return sendPage(reply, failure);
    const { status, headers, body } = failure;
    return reply.code(status).headers(headers).send(body);
  });
  app.setNotFoundHandler(() => {
    throw notFound('This page');
  });
}

/** The answer to a failed request. An unexpected failure is logged, and the answer does not mention it. */
export function toFailure(error: FastifyError | AppError | Error, log: FastifyBaseLogger): Failure {
  if (hasZodFastifySchemaValidationErrors(error)) {
    return failure(400, 'bad_request', error.validation.map(describeMistake).join(' '));
  }
  if (error instanceof AppError) {
    if (error.status >= 500) log.error({ err: error, code: error.code }, error.message);
    const { status, code, message, retryAfter } = error;
    if (retryAfter === undefined) return failure(status, code, message);
    return failure(status, code, message, { 'retry-after': String(Math.max(1, Math.ceil(retryAfter / 1000))) });
  }
  const { statusCode = 500, code } = error as Partial<FastifyError>;
  if (statusCode < 500) return failure(statusCode, ...(FRAMEWORK[code ?? ''] ?? OTHERWISE));
  log.error({ err: error }, 'unforeseen failure');
  return failure(500, 'internal', UNFORESEEN);
}

function failure(status: number, code: string, message: string, headers: Failure['headers'] = {}): Failure {
  return { status, headers, body: { code, message } };
}
