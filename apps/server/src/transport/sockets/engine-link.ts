import type { Socket } from 'socket.io';
import type { WebSocket } from 'ws';
import { SlowReaderWatch, watchBacklog } from './backlog';
import { coalesceFlushes, writeFrames } from './coalesce';
import type { FrameRun } from './frames';
import type { FrameSource } from './inbox';

type Engine = Socket['conn'];

/** What begins a message of Engine.IO, as which a packet of Socket.IO travels. */
export const ENGINE_MESSAGE = '4';

/** Where a connection has its link: every frame looks for it. */
const LINK = Symbol('EngineLink');

type LinkedEngine = Engine & { [LINK]?: EngineLink };

/** A connection beneath Socket.IO: several sockets, and one after the other, may share one. */
export class EngineLink implements FrameSource {
  private readonly watch: SlowReaderWatch;

  private constructor(
    private readonly engine: Engine,
    onTooSlow: () => void,
  ) {
    this.watch = watchBacklog(engine, onTooSlow);
    coalesceFlushes(engine);
  }

  /** @param onTooSlow called when its client lets too much pile up; it is closed then */
  static make(socket: Socket, onTooSlow: () => void): EngineLink {
    const conn: LinkedEngine = socket.conn;
    if (conn[LINK]) return conn[LINK];
    const closeSlow = (): void => {
      if (conn.readyState !== 'open') return;
      onTooSlow();
      conn.close(true);
    };
    return (conn[LINK] = new EngineLink(conn, closeSlow));
  }

  /** Sends packets of Socket.IO. */
  static send(socket: Socket, packets: FrameRun): void {
    const conn: LinkedEngine = socket.conn;
    const link = conn[LINK];
    if (link?.isDirect && writeFrames(link.webSocket, packets.bytes)) link.watch.check();
    else for (const packet of packets.texts) conn.write(packet);
  }

  /** Only WebSockets can be told to wait: who polls brings one request's frames at a time. */
  pause(): void {
    this.webSocket?.pause();
  }

  resume(): void {
    this.webSocket?.resume();
  }

  /** Whether nothing would be overtaken: Engine.IO gathers packets while its transport is busy or changes. */
  private get isDirect(): boolean {
    const { writeBuffer } = this.engine as unknown as { writeBuffer?: unknown };
    return this.engine.readyState === 'open' && Array.isArray(writeBuffer) && writeBuffer.length === 0;
  }

  /** Only the transport of that kind has one. */
  private get webSocket(): WebSocket | undefined {
    return (this.engine.transport as { socket?: WebSocket }).socket;
  }
}
