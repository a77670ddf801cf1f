import type { Server, Socket } from 'socket.io';
import { Beats, Timed } from './beats';

/** What is used of an Engine.IO connection, beyond its interface. */
type Engine = Pick<Socket['conn'], 'on' | 'protocol'> & {
  readonly server: { readonly opts: { readonly pingInterval: number; readonly pingTimeout: number } };
  /** Runs from the last sign of life to the next ping. */
  pingIntervalTimer: Timer;
  /** Runs from a ping to its answer. */
  pingTimeoutTimer: Timer | null;
  /** Engine.IO gives more time once per ping when something else comes than the answer. */
  hasRefreshedPingTimeout: boolean;
  sendPacket(type: 'ping', data: undefined, options: object): void;
  onClose(reason: 'ping timeout'): void;
};

/** What Engine.IO does with a timer, beside clearing it: that does nothing to one that is not Node's. */
interface Timer {
  readonly refresh: () => unknown;
}

/** A text `2` as a frame: on a WebSocket that does not compress, Engine.IO need not encode it for each. */
const PING = { compress: false, wsPreEncodedFrame: [Buffer.from([0x81, 1, 0x32])] };

/**
 * Lets Engine.IO ping all who are due together, instead of each by a timer of its own: waking up is most of what an
 * idle connection costs. What is sent, when at the earliest, and who is given up on, are as Engine.IO has it.
 *
 * The timers are not part of its interface. Connections that don't have them as expected keep those that they have.
 */
export function gatherPings(server: Server): void {
  const beats = new Beats();
  server.engine.on('connection', (connection: unknown) => {
    if (hasKnownTimers(connection)) new GatheredPing(connection, beats);
  });
}

/** Stands in for both timers of a connection. */
class GatheredPing implements Timer, Timed {
  beat: number | undefined;

  constructor(
    private readonly engine: Engine,
    private readonly beats: Beats,
  ) {
    clearTimeout(engine.pingIntervalTimer as NodeJS.Timeout);
    engine.pingIntervalTimer = this;
    engine.on('close', onClose);
    this.refresh();
  }

  private get isAwaited(): boolean {
    return this.engine.pingTimeoutTimer === this;
  }

  /** Called by Engine.IO: when an answer came, which is not awaited any more then, or something else in its place. */
  refresh(): void {
    const { pingInterval, pingTimeout } = this.engine.server.opts;
    this.beats.set(this, this.isAwaited ? pingTimeout : pingInterval);
  }

  stop(): void {
    this.beats.clear(this);
  }

  onBeat(): void {
    if (this.isAwaited) this.engine.onClose('ping timeout');
    else this.ping();
  }

  private ping(): void {
    this.engine.hasRefreshedPingTimeout = false;
    this.engine.sendPacket('ping', undefined, PING);
    this.engine.pingTimeoutTimer = this;
    this.refresh();
  }
}

/** One for all: it finds the timer where it was put. */
function onClose(this: Engine): void {
  if (this.pingIntervalTimer instanceof GatheredPing) this.pingIntervalTimer.stop();
}

/** In the older protocol it is the client who pings. */
function hasKnownTimers(connection: unknown): connection is Engine {
  const { protocol, pingIntervalTimer, pingTimeoutTimer, sendPacket, onClose, server } = connection as Partial<Engine>;
  const methods = [pingIntervalTimer?.refresh, sendPacket, onClose];
  const times = [server?.opts?.pingInterval, server?.opts?.pingTimeout];
  return (
    protocol === 4 &&
    pingTimeoutTimer === null &&
    methods.every((method) => typeof method === 'function') &&
    times.every((time) => typeof time === 'number')
  );
}
