import { AppError } from '../../core/errors.ts';
import type { Place } from './verb.ts';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** The API of the Bellhop that runs on this machine, with the admin token of its data folder. Throws `AppError` when it does not answer or refuses the token. */
export function createApi({ localUrl, dataFolder, adminToken }: Place) {
  async function open(path: string, { body, signal }: { body?: unknown; signal?: AbortSignal } = {}) {
    const token = await adminToken();
    if (!token)
      throw new AppError(
        404,
        'no_token',
        `There is no admin token in \`${dataFolder}\`. Start Bellhop once, or set ADMIN_TOKEN.`,
      );
    const response = await fetch(`${localUrl}/api/v1${path}`, {
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      ...(signal && { signal }),
    }).catch((cause: unknown) => {
      throw new AppError(503, 'not_running', `Nothing answers at ${localUrl}. Start Bellhop with \`npm start\`.`, {
        cause,
      });
    });
    if (response.status === 401 || response.status === 421)
      throw new AppError(
        response.status,
        'refused',
        `${localUrl} refused with status ${response.status}. Does the Bellhop there use this data folder?`,
      );
    return response;
  }

  return {
    /** A response as it comes. */
    open,
    async ask(path: string, options: { readonly body?: unknown } = {}): Promise<Answer> {
      const response = await open(path, options);
      return { status: response.status, body: await response.json().catch(() => undefined) };
    },
  };
}

export type Api = ReturnType<typeof createApi>;
