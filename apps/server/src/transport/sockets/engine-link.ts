import type { Metrics } from '@app/platform';
import type { Socket } from 'socket.io';
import type { WebSocket } from 'ws';
import { EngineBacklog, EnginePacket, SlowReaderWatch, Watched } from './backlog';
import { coalesceFlush, writeFrames } from './coalesce';
import type { FrameRun } from './frames';
import type { FrameSource } from './inbox';

type Engine = Socket['conn'];

/** What begins a message of Engine.IO, as which a packet of Socket.IO travels. */
export const ENGINE_MESSAGE = '4';

/** Where a connection has its link: every frame looks for it. */
const LINK = Symbol('EngineLink');

type LinkedEngine = Engine & { [LINK]?: EngineLink };

/** A connection beneath Socket.IO: several sockets, and one after the other, may share one. */
export class EngineLink implements FrameSource, Watched {
  private readonly backlog: EngineBacklog;
  private readonly watch = new SlowReaderWatch(this);

  private constructor(
    private readonly engine: Engine,
    private readonly metrics: Metrics,
  ) {
    this.backlog = new EngineBacklog(engine);
    engine.on('packetCreate', onPacket).on('flush', onFlush);
  }

  static make(socket: Socket, metrics: Metrics): EngineLink {
    const conn: LinkedEngine = socket.conn;
    return (conn[LINK] ??= new EngineLink(conn, metrics));
  }

  static find(engine: LinkedEngine): EngineLink | undefined {
    return engine[LINK];
  }

  /** Sends packets of Socket.IO. */
  static send(socket: Socket, packets: FrameRun): void {
    const { conn } = socket;
    const link = EngineLink.find(conn);
    if (link?.isDirect && writeFrames(link.webSocket, packets.bytes)) link.watch.check();
    else for (const packet of packets.texts) conn.write(packet);
  }

  get unsentBytes(): number {
    return this.backlog.unsentBytes;
  }

  /** It let too much pile up: it is closed, and catches up later. */
  onTooSlow(): void {
    if (this.engine.readyState !== 'open') return;
    this.metrics.slowReaders.inc({ transport: 'socket.io' });
    this.engine.close(true);
  }

  /** A packet was given to Engine.IO. */
  hold(packet: EnginePacket): void {
    if (this.backlog.hold(packet)) this.watch.check();
  }

  /** Engine.IO hands over what it has. */
  handOver(): void {
    this.backlog.handedOver();
    coalesceFlush(this.engine);
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

/** One for all connections: what is made for each is kept for as long as it is open. */
function onPacket(this: Engine, packet: EnginePacket): void {
  EngineLink.find(this)?.hold(packet);
}

function onFlush(this: Engine): void {
  EngineLink.find(this)?.handOver();
}
