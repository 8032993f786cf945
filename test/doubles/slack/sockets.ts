import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Outcome } from './outcome.ts';
import { BOT, type Json } from './workspace.ts';

const CONNECTION_LIMIT = 10;

interface Connection {
  readonly socket: WebSocket;
  /** Told to reconnect: nothing new is sent to it. */
  leaving: boolean;
  /** What it was sent and has not acknowledged. */
  readonly waiting: Map<string, (outcome: Outcome) => void>;
}

/** Socket Mode: single-use tickets, several connections, each envelope to one of them. */
export function createSockets({ ackTimeout }: { readonly ackTimeout: number }) {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const connections: Connection[] = [];
  let turn = 0;
  let hasty = 0;

  const greet = (socket: WebSocket) => {
    const connection: Connection = { socket, leaving: false, waiting: new Map() };
    connections.push(connection);
    socket.on('message', (data) => {
      const { envelope_id, payload } = JSON.parse(String(data)) as { envelope_id: string; payload?: Json };
      connection.waiting.get(envelope_id)?.({
        acknowledged: true,
        ...(payload && Object.keys(payload).length > 0 && { payload }),
      });
    });
    socket.on('close', () => {
      connections.splice(connections.indexOf(connection), 1);
      for (const settle of connection.waiting.values()) settle({ acknowledged: false, reason: 'connection closed' });
    });
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: connections.length,
        debug_info: { host: 'applink-double', approximate_connection_time: 18_060 },
        connection_info: { app_id: BOT.app },
      }),
    );
    if (hasty > 0) {
      hasty--;
      renew(connection);
    }
  };
  const renew = (connection: Connection, reason = 'refresh_requested') => {
    connection.leaving = true;
    connection.socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink-double' } }));
  };
  const open = () => connections.filter(({ leaving, socket }) => !leaving && socket.readyState === socket.OPEN);

  return {
    /** `apps.connections.open`: an address that one connection may use. */
    ticket(origin: string): Json {
      const ticket = randomBytes(12).toString('hex');
      tickets.add(ticket);
      return { ok: true, url: `${origin.replace('http', 'ws')}/link/?ticket=${ticket}&app_id=${BOT.app}` };
    },
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer) {
      const ticket = new URL(request.url ?? '', 'http://localhost').searchParams.get('ticket') ?? '';
      if (!tickets.delete(ticket) || connections.length >= CONNECTION_LIMIT) {
        socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, greet);
    },
    /** Sends one envelope to one connection and waits for its acknowledgement. */
    deliver(
      type: string,
      payload: Json,
      { envelope = randomBytes(8).toString('hex'), retry = 0 }: { envelope?: string; retry?: number } = {},
    ): Promise<Outcome> {
      const ready = open();
      const connection = ready[turn++ % (ready.length || 1)];
      if (!connection) return Promise.resolve({ acknowledged: false, reason: 'no connection' });
      const envelope_id = envelope;
      return new Promise((resolve) => {
        const settle = (outcome: Outcome) => {
          clearTimeout(timer);
          connection.waiting.delete(envelope_id);
          resolve(outcome);
        };
        const timer = setTimeout(() => settle({ acknowledged: false, reason: 'no answer in time' }), ackTimeout);
        connection.waiting.set(envelope_id, settle);
        const accepts_response_payload = type !== 'events_api';
        const again = retry > 0 ? { retry_attempt: retry, retry_reason: 'timeout' } : {};
        connection.socket.send(JSON.stringify({ envelope_id, type, payload, accepts_response_payload, ...again }));
      });
    },
    count: () => open().length,
    /** Asks the oldest connection, or all of them, to connect again. */
    disconnect({ all = false, reason = 'refresh_requested' } = {}) {
      for (const connection of all ? open() : open().slice(0, 1)) renew(connection, reason);
    },
    /** Asks so many of the next connections to connect again in the moment they open. */
    renewAtOnce(times: number) {
      hasty = times;
    },
    /** Breaks every connection without a word. */
    kill() {
      for (const { socket } of [...connections]) socket.terminate();
    },
    /** Stops answering on every connection while keeping it open, as a dead peer behind a firewall does. */
    freeze() {
      for (const connection of connections) {
        connection.leaving = true;
        connection.socket.pause();
      }
    },
    close() {
      for (const { socket } of [...connections]) socket.terminate();
      server.close();
    },
  };
}
