import type { FastifyError, FastifyInstance } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { AppError, notFound, UNFORESEEN } from '../core/errors.ts';

/** Every failure becomes `{ code, message }` and a status that is true. What we did not foresee is logged and not told. */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError | AppError>((error, request, reply) => {
    if (hasZodFastifySchemaValidationErrors(error)) {
      const problems = error.validation.map(
        ({ instancePath, message }) => `${instancePath.slice(1) || 'the request'}: ${message}`,
      );
      return reply.code(400).send({ code: 'bad_request', message: `${problems.join('; ')}.` });
    }
    const status = (error instanceof AppError ? error.status : error.statusCode) ?? 500;
    if (error instanceof AppError) {
      if (error.retryAfter !== undefined) reply.header('retry-after', Math.max(1, Math.ceil(error.retryAfter / 1000)));
      if (status >= 500) request.log.error({ err: error, code: error.code }, error.message);
      return reply.code(status).send({ code: error.code, message: error.message });
    }
    if (status < 500)
      return reply.code(status).send({ code: error.code?.toLowerCase() ?? 'bad_request', message: error.message });
    request.log.error({ err: error }, 'unforeseen failure');
    return reply.code(500).send({ code: 'internal', message: UNFORESEEN });
  });
  app.setNotFoundHandler(() => {
    throw notFound('This page');
  });
}
