import type { FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';

/** Given to a server when it is made, this keeps Fastify from loading its own validators, which are large. */
export const withoutOwnValidators = { compilersFactory: { buildValidator: neverAsked, buildSerializer: neverAsked } };

/** Makes zod validate whatever comes in and goes out. */
export function validateWithZod(app: Pick<FastifyInstance, 'setValidatorCompiler' | 'setSerializerCompiler'>): void {
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
}

function neverAsked(): never {
  throw new Error('Only zod validates here: every schema is one of its own.');
}
