import { Injectable, Logger, OnModuleInit } from '@nestjs/common';
import { Actor, DomainError, Metrics, RateLimited } from '@app/platform';
import { ChatNotFound } from '@app/chats';
import { Connections, TooManyConnections } from '@app/realtime';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { Handshakes } from '../../../transport/sockets/handshakes';
import { MAX_FRAME_BYTES } from '../../../transport/sockets/io-adapter';
import { refuse } from '../../../transport/sockets/paced-upgrade';
import { pathOf, UpgradeRouter } from '../../../transport/sockets/upgrade-router';
import { answerOf, Echo, echoOf, noticeOf, Reply } from '../live/replies';
import { V1Live } from '../live/v1-live';
import { V1Receiver } from '../live/v1-receiver';
import { Heartbeat } from './heartbeat';
import { CLOSE_CODES, RawConnection } from './raw-connection';
import { RawFrame, readFrame } from './raw-framing';
import { RawRooms } from './raw-rooms';

const REFUSAL_TIMEOUT_MS = 2000;
const PATH = /^\/api\/v1\/ws\/(\d{1,15})\/?$/;

/** The raw WebSockets of this dialect: `/api/v1/ws/{chat_id}?token=`. Frames in and out are JSON text. */
@Injectable()
export class RawWebSockets implements OnModuleInit {
  private readonly logger = new Logger(RawWebSockets.name);
  /** One for all: a function made for each would keep the request of its upgrade. */
  private readonly onError = (error: Error): void => this.logger.debug({ err: error }, 'a WebSocket failed');
  private readonly rooms = new RawRooms();
  private readonly heartbeat = new Heartbeat();
  private readonly server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    clientTracking: false,
  });

  constructor(
    private readonly router: UpgradeRouter,
    private readonly handshakes: Handshakes,
    private readonly connections: Connections,
    private readonly receiver: V1Receiver,
    private readonly live: V1Live,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.live.addDoor(this.rooms);
    this.router.route(PATH, (request, socket, head) => void this.accept(request, socket, head));
  }

  /** The upgrade succeeds for bad tokens, too: only a close code can tell a browser why. A flood of them is not worth it. */
  private async accept(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const who = this.handshakes.authenticate(() => tokenOf(request), request);
    const refusal = await who.then(
      () => undefined,
      (error: unknown) => error,
    );
    if (refusal instanceof RateLimited) {
      return refuse(socket, '429 Too Many Requests', `Retry-After: ${refusal.retryAfterSeconds}`);
    }
    const chatId = Number(PATH.exec(pathOf(request))?.[1]);
    this.server.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', this.onError);
      // Nothing is read before it is known who sends it.
      webSocket.pause();
      void this.open(webSocket, request, chatId, who);
    });
  }

  private async open(socket: WebSocket, request: IncomingMessage, chatId: number, who: Promise<Actor>): Promise<void> {
    try {
      const actor = await who;
      const connection = new RawConnection(socket, actor, chatId, this.rooms, this.metrics);
      socket.on('close', () => this.connections.remove(connection));
      socket.on('message', (data: Buffer, isBinary) => void this.receive(connection, isBinary ? undefined : data));
      await this.connections.add(connection);
      if (connection.isClosed) this.connections.remove(connection);
      else this.heartbeat.watch(socket, request.socket);
    } catch (error) {
      this.refuse(socket, error);
    } finally {
      socket.resume();
    }
  }

  /** A peer that does not answer the close is not waited for. */
  private refuse(socket: WebSocket, error: unknown): void {
    if (!(error instanceof DomainError)) this.logger.error({ err: error }, 'a WebSocket could not be opened');
    socket.close(closeCodeOf(error));
    setTimeout(() => socket.terminate(), REFUSAL_TIMEOUT_MS).unref();
  }

  private async receive(connection: RawConnection, data: Buffer | undefined): Promise<void> {
    if (connection.isClosed) return;
    let frame: RawFrame;
    try {
      frame = readFrame(data);
    } catch (error) {
      this.answer(connection, await this.receiver.refuse(connection, error), {});
      return;
    }
    const echo = echoOf(frame.payload, frame.ref);
    this.answer(connection, await this.receiver.receive(connection, frame.type, frame.payload), echo);
  }

  private answer(connection: RawConnection, reply: Reply, echo: Echo): void {
    const answer = echo.ref === undefined ? noticeOf(reply, echo) : answerOf(reply, echo);
    if (answer) connection.sendFrame(answer);
  }
}

function tokenOf(request: IncomingMessage): string {
  const query = (request.url ?? '').split('?')[1] ?? '';
  return new URLSearchParams(query).get('token') ?? request.headers.authorization ?? '';
}

function closeCodeOf(error: unknown): number {
  if (error instanceof ChatNotFound) return CLOSE_CODES.access_ended;
  if (error instanceof TooManyConnections) return CLOSE_CODES.too_many;
  if (error instanceof DomainError && error.kind === 'unavailable') return CLOSE_CODES.stopping;
  return error instanceof DomainError ? CLOSE_CODES.session_ended : CLOSE_CODES.failed;
}
