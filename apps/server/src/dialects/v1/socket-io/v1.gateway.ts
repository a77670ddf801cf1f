import { OnGatewayConnection, OnGatewayInit, WebSocketGateway, WebSocketServer } from '@nestjs/websockets';
import { DomainError, Metrics } from '@app/platform';
import { Connections } from '@app/realtime';
import type { Namespace, Socket } from 'socket.io';
import { Pace } from '../../../transport/pacing/pace';
import { actorOf, admit, tokenOf } from '../../../transport/sockets/admission';
import { Handshakes } from '../../../transport/sockets/handshakes';
import { RoomOutbox } from '../../../transport/sockets/room-outbox';
import { roomOfChat, roomOfUser } from '../../../transport/sockets/socket-io-connection';
import type { EncodedFrame } from '../live/encoded-frame';
import { problemOf } from '../live/problem-of';
import { answerOf, echoOf, noticeOf, Reply } from '../live/replies';
import { V1Door, V1Live } from '../live/v1-live';
import { V1Receiver } from '../live/v1-receiver';
import { V1SocketIoConnection } from './v1-socket-io-connection';

/**
 * Socket.IO, namespace `/v1`: events have the names and payloads of the raw WebSocket's frames.
 * All events come in by one listener, in the order in which the socket sent them; see docs/decisions.
 */
@WebSocketGateway({ namespace: '/v1' })
export class V1Gateway implements OnGatewayInit<Namespace>, OnGatewayConnection<Socket>, V1Door {
  @WebSocketServer()
  private readonly namespace: Namespace;

  constructor(
    private readonly handshakes: Handshakes,
    private readonly connections: Connections,
    private readonly receiver: V1Receiver,
    private readonly live: V1Live,
    private readonly metrics: Metrics,
    private readonly pace: Pace,
  ) {}

  /** The same check as for REST, before the socket is let in. */
  afterInit(namespace: Namespace): void {
    this.live.addDoor(this);
    const authenticate = (socket: Socket) => this.handshakes.authenticate(() => tokenOf(socket), socket.request);
    admit(namespace, this.pace, authenticate, refusalOf);
  }

  handleConnection(socket: Socket): void {
    const connection = new V1SocketIoConnection(socket, actorOf(socket), this.metrics);
    socket.on('disconnect', () => this.connections.remove(connection));
    socket.onAny((event: string, ...args: unknown[]) => void this.receive(socket, connection, event, args));
    this.connections.add(connection).catch((error: unknown) => {
      socket.emit('error', { type: 'error', error: problemOf(error) });
      socket.disconnect(true);
    });
  }

  broadcast(chatId: number, frame: EncodedFrame, exceptUserId: number | undefined): void {
    const room = roomOfChat(chatId);
    const outbox = RoomOutbox.of(this.namespace);
    const size = outbox.count(room);
    if (size === 0) return;
    this.metrics.deliveries.inc({ transport: 'socket.io' }, size);
    outbox.emit(room, frame.type, frame.json, exceptUserId === undefined ? undefined : roomOfUser(exceptUserId));
  }

  private async receive(
    socket: Socket,
    connection: V1SocketIoConnection,
    event: string,
    args: unknown[],
  ): Promise<void> {
    const acknowledge = args.at(-1);
    const payload: unknown = typeof acknowledge === 'function' && args.length === 1 ? {} : (args[0] ?? {});
    const reply: Reply = await this.receiver.receive(connection, event, payload);
    if (typeof acknowledge === 'function') {
      (acknowledge as (answer: object) => void)(answerOf(reply, echoOf(payload)));
      return;
    }
    const notice = noticeOf(reply, echoOf(payload));
    if (notice) socket.emit(notice.type, notice);
  }
}

/** What the client finds in `connect_error`: the sentence, and the problem as `data`. */
function refusalOf(error: unknown): Error {
  const problem = problemOf(error);
  return Object.assign(new Error(error instanceof DomainError ? error.message : problem.title), { data: problem });
}
