import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Log } from '../../../core/log.ts';

/** Hands requests to Bolt, whatever state it is in and however exactly Slack spells the content type. */
export function createHttpListener(bolt: () => RequestListener | undefined, log: Log): RequestListener {
  return (request: IncomingMessage, response: ServerResponse) => {
    const listener = bolt();
    if (!listener) return end(response, 503);
    // Bolt knows a form by exactly this name, and answers 400 when a charset follows it.
    const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
    if (type) request.headers['content-type'] = type;
    try {
      listener(request, response);
    } catch (error) {
      end(response, 404);
      // Bolt's error carries the whole request along, which is nothing for a log.
      log.info(
        { platform: 'slack', reason: error instanceof Error ? error.message : '' },
        'refused a request that is not from Slack',
      );
    }
  };
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status);
  response.end();
}
