import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { DiscordClock } from './clock.ts';
import type { Place } from './place.ts';
import { toGuild, toUser } from './shapes.ts';

interface Session {
  readonly id: string;
  readonly events: { readonly s: number; readonly t: string; readonly d: unknown }[];
  sequence: number;
  socket: WebSocket | undefined;
}

export interface GatewayParts {
  readonly clock: DiscordClock;
  readonly place: Place;
  readonly token: () => string;
  readonly url: () => string;
  readonly heartbeatInterval: number;
}

/** Intents that need Discord's approval: presences, members, message content. */
const PRIVILEGED = (1 << 8) | (1 << 1) | (1 << 15);
const GUILDS = 1;

export type Gateway = ReturnType<typeof createGateway>;

/** Discord's gateway: sessions that outlive their sockets, and are replayed when one resumes. */
export function createGateway({ clock, place, token, url, heartbeatInterval }: GatewayParts) {
  const server = new WebSocketServer({ noServer: true });
  const sessions = new Map<string, Session>();
  const received: { readonly op: number; readonly d: unknown }[] = [];
  let closed = false;
  let deaf = false;
  let turnedAway: number | undefined;
  let stalled: 'upgrade' | 'hello' | 'ready' | undefined;
  const sockets = new Set<Duplex>();

  function accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (closed) return void socket.destroy();
    sockets.add(socket);
    socket
      .on('close', () => sockets.delete(socket))
      .on('end', () => socket.destroy())
      .on('error', () => {});
    // Only who reads notices that the other side has gone.
    if (stalled === 'upgrade') return void socket.resume();
    server.handleUpgrade(request, socket, head, (connection) => {
      if (stalled !== 'hello') send(connection, { op: 10, d: { heartbeat_interval: heartbeatInterval } });
      connection.on('message', (data) => {
        try {
          const { op, d } = JSON.parse(String(data));
          received.push({ op, d });
          hear(connection, op, d);
        } catch {
          connection.close(4002, 'Error while decoding payload.');
        }
      });
      connection.on('close', () => {
        const session = sessionOf(connection);
        if (session) session.socket = undefined;
      });
    });
  }

  function hear(
    socket: WebSocket,
    op: number,
    d: { token?: string; intents?: number; session_id?: string; seq?: number },
  ): void {
    if (op === 1) return void (!deaf && send(socket, { op: 11, d: null }));
    if (op === 2) return void identify(socket, d);
    if (op === 6) return void resume(socket, d);
    if (!sessionOf(socket)) socket.close(4003, 'Not authenticated.');
  }

  function identify(socket: WebSocket, { token: given, intents = 0 }: { token?: string; intents?: number }): void {
    if (sessionOf(socket)) return void socket.close(4005, 'Already authenticated.');
    if (stalled === 'ready') return;
    if (turnedAway) return void socket.close(turnedAway, 'as the test wishes');
    if (given !== token()) return void socket.close(4004, 'Authentication failed.');
    if (intents & PRIVILEGED) return void socket.close(4014, 'Disallowed intent(s).');
    const session: Session = { id: clock.snowflake(), events: [], sequence: 0, socket };
    sessions.set(session.id, session);
    const { application, bot, guildId } = place;
    emit(session, 'READY', {
      v: 10,
      user: { ...toUser(bot), verified: true, mfa_enabled: false, email: null },
      guilds: intents & GUILDS ? [{ id: guildId, unavailable: true }] : [],
      session_id: session.id,
      resume_gateway_url: url(),
      application: { id: application.id, flags: 0 },
      shard: [0, 1],
    });
    if (intents & GUILDS) emit(session, 'GUILD_CREATE', toGuild(place));
  }

  function resume(
    socket: WebSocket,
    { token: given, session_id: id = '', seq = 0 }: { token?: string; session_id?: string; seq?: number },
  ): void {
    if (given !== token()) return void socket.close(4004, 'Authentication failed.');
    const session = sessions.get(id);
    if (!session) return void send(socket, { op: 9, d: false });
    session.socket = socket;
    for (const { s, t, d } of session.events.filter((event) => event.s > seq)) send(socket, { op: 0, s, t, d });
    emit(session, 'RESUMED', {});
  }

  function emit(session: Session, t: string, d: unknown): void {
    session.sequence++;
    session.events.push({ s: session.sequence, t, d });
    if (session.socket) send(session.socket, { op: 0, s: session.sequence, t, d });
  }

  function sessionOf(socket: WebSocket): Session | undefined {
    return [...sessions.values()].find((session) => session.socket === socket);
  }

  return {
    accept,
    received,
    connections: (): number => server.clients.size,
    /** Every connection that stands, whether or not it has come as far as to be one of the gateway. */
    sockets: (): number => sockets.size,
    /** Answers no more at this point of a connection's beginning. */
    stall(point: typeof stalled): void {
      stalled = point;
    },
    dispatch: (t: string, d: unknown): void => sessions.forEach((session) => void emit(session, t, d)),
    /** Closes every connection with a code; 1006 is what is seen of one that was cut. */
    close: (code: number): void =>
      server.clients.forEach(
        (socket) => void (code === 1006 ? socket.terminate() : socket.close(code, 'as the test wishes')),
      ),
    drop: (): void => server.clients.forEach((socket) => void socket.terminate()),
    askToReconnect: (): void => server.clients.forEach((socket) => void send(socket, { op: 7, d: null })),
    invalidate(resumable = false): void {
      if (!resumable) sessions.clear();
      for (const socket of server.clients) send(socket, { op: 9, d: resumable });
    },
    /** Reads nothing more of any connection, not even that it is to be closed. */
    freeze: (): void => sockets.forEach((socket) => void socket.pause()),
    /** Refuses every new connection, or takes them again. */
    refuse(refusing: boolean): void {
      closed = refusing;
    },
    /** Closes with this code whoever identifies from now on. */
    turnAway(code: number | undefined): void {
      turnedAway = code;
    },
    /** The ways in which connections began: 2 identified, 6 resumed. */
    openings: (): readonly number[] => received.map(({ op }) => op).filter((op) => op === 2 || op === 6),
    /** Stops answering heartbeats. */
    ignoreHeartbeats(ignoring: boolean): void {
      deaf = ignoring;
    },
    stop: (): void => {
      for (const socket of server.clients) socket.terminate();
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

function send(socket: WebSocket, payload: object): void {
  socket.send(JSON.stringify({ s: null, t: null, ...payload }));
}
