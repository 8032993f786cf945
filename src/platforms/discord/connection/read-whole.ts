import type { RESTOptions } from 'discord.js';

type MakeRequest = RESTOptions['makeRequest'];

/**
 * Makes requests whose answers have arrived whole. The library's deadline ends with an answer's headers, and a body that stalls
 * would be waited for without end. A signal cuts all of them short.
 */
export function readingWhole(makeRequest: MakeRequest, signal?: AbortSignal): MakeRequest {
  return async (url, init) => {
    const signals = [init.signal, signal].filter((one) => one !== undefined && one !== null);
    const response = await makeRequest(url, { ...init, signal: AbortSignal.any(signals) });
    const bytes = Buffer.from(await response.arrayBuffer());
    return {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
      ok: response.ok,
      body: null,
      bodyUsed: true,
      text: async () => bytes.toString(),
      json: async () => JSON.parse(bytes.toString()),
      arrayBuffer: async () => new Uint8Array(bytes).buffer,
    };
  };
}
