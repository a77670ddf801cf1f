import type { Server, Socket } from 'socket.io';

type Engine = Socket['conn'];

/** A client asks for a namespace or two, and for each once more when it has got a new token. */
const MAX_CONNECTS = 60;
const WINDOW_MS = 60_000;
/** What begins a packet of Socket.IO that asks for a namespace. */
const CONNECT = '0';

interface Asked {
  times: number;
  readonly sinceMs: number;
}

/**
 * Closes connections that ask to be let into namespaces without end. Each such question makes an answer, and no user
 * is known yet whose limit it could use up; those for names that there are not, nothing else would see.
 */
export function closeConnectFloods(server: Server): void {
  const asked = new WeakMap<Engine, Asked>();
  server.engine.on('connection', (engine: Engine) => {
    engine.on('message', (packet: unknown) => {
      if (typeof packet !== 'string' || !packet.startsWith(CONNECT)) return;
      const nowMs = Date.now();
      let before = asked.get(engine);
      if (!before || nowMs - before.sinceMs > WINDOW_MS) asked.set(engine, (before = { times: 0, sinceMs: nowMs }));
      if (++before.times > MAX_CONNECTS) engine.close(true);
    });
  });
}
