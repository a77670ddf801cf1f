import { Logger } from '@nestjs/common';
import { OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import { Actor, Metrics, ServiceStopping } from '@app/platform';
import { Connections } from '@app/realtime';
import type { Namespace, Socket } from 'socket.io';
import { RouteNotFound, toDomainError } from '../../errors';
import { Pace } from '../../pacing/pace';
import { admit, tokenOf } from '../admission';
import { DefaultNamespace } from './default-namespace';
import { Handshakes } from '../handshakes';
import type { NamespaceDialect } from './namespace-dialect';
import { NamespaceReceiver } from './namespace-receiver';
import { OpenNamespaceConnection } from './open-namespace-connection';

/** What clients ask for, of which the JavaScript client makes the last two out of an address with a path. */
const NAMES = ['/', '/socket.io', '/socket.io/'];

/** A connection that is heard of already, and how to forget it. */
interface ComingIn {
  readonly connection: OpenNamespaceConnection;
  readonly forget: () => void;
}

/** The door of the default namespace: lets sockets in and hands on what they send. What is said there is the dialects'. */
@WebSocketGateway({ namespace: '/' })
export class DefaultNamespaceGateway implements OnGatewayInit<Namespace> {
  private readonly logger = new Logger(DefaultNamespaceGateway.name);
  private readonly comingIn = new WeakMap<Socket, ComingIn>();

  constructor(
    private readonly namespace: DefaultNamespace,
    private readonly receiver: NamespaceReceiver,
    private readonly handshakes: Handshakes,
    private readonly connections: Connections,
    private readonly metrics: Metrics,
    private readonly pace: Pace,
  ) {}

  afterInit(root: Namespace): void {
    const names = NAMES.map((name) => root.server.of(name));
    for (const namespace of names) {
      admit(
        namespace,
        this.pace,
        (socket) => this.letIn(socket),
        (error) => this.refusalOf(error),
      );
      namespace.on('connection', (socket) => this.welcome(socket));
    }
    this.namespace.serveAs(names);
  }

  /**
   * The same check as for REST. It hears its chats before it learns that it is in: from then on it misses nothing,
   * and whoever has no greeting in the dialect can rely on `connect`.
   */
  private async letIn(socket: Socket): Promise<Actor> {
    const dialects = this.requireDialects();
    const findToken = () => tokenOf(socket) || this.findToken(socket);
    const actor = await this.handshakes.authenticate(findToken, socket.request);
    const connection = new OpenNamespaceConnection(socket, actor, this.metrics, dialects);
    const forget = (): void => this.connections.remove(connection);
    // Until it is in, nothing else tells that its client has gone.
    socket.conn.once('close', forget);
    try {
      if (socket.conn.readyState !== 'open') throw new ServiceStopping();
      await this.connections.add(connection);
    } catch (error) {
      socket.conn.off('close', forget);
      throw error;
    }
    this.comingIn.set(socket, { connection, forget });
    return actor;
  }

  private welcome(socket: Socket): void {
    const { connection, forget } = this.comingIn.get(socket) as ComingIn;
    socket.on('disconnect', (reason) => {
      forget();
      this.logger.log({ user_id: connection.actor.userId, reason }, 'a user disconnected');
    });
    socket.conn.off('close', forget);
    socket.onAny((event: string, ...args: unknown[]) => void this.receiver.receive(connection, event, args));
    connection.welcome();
  }

  private requireDialects(): readonly [NamespaceDialect, ...NamespaceDialect[]] {
    const [first, ...others] = this.namespace.dialects;
    if (!first) throw new RouteNotFound();
    return [first, ...others];
  }

  private findToken({ handshake }: Socket): string {
    const found = this.namespace.dialects.map((dialect) => dialect.findToken?.(handshake));
    return found.find((token) => token !== undefined) ?? '';
  }

  /** What the client finds in `connect_error`: the sentence, and the same as `data.message`. */
  private refusalOf(error: unknown): Error {
    const message = this.sentenceOf(error);
    return Object.assign(new Error(message), { data: { message } });
  }

  private sentenceOf(error: unknown): string {
    const failure = toDomainError(error);
    return this.namespace.dialects[0]?.sentenceOf(failure) ?? failure.message;
  }
}
