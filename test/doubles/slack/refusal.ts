import type { Json } from './workspace.ts';

/** What a Web API method answers instead of `ok`. */
export class Refusal extends Error {
  readonly body: Json;

  constructor(error: string, more: Json = {}) {
    super(error);
    this.body = { ok: false, error, ...more };
  }
}
