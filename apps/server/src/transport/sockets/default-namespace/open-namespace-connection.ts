import { EventEmitter, once } from 'node:events';
import type { Actor, Metrics } from '@app/platform';
import type { Socket } from 'socket.io';
import { SocketIoConnection } from '../socket-io-connection';
import type { NamespaceConnection, NamespaceDialect } from './namespace-dialect';

/** A membership that another node has committed is known here after a round trip. */
const MEMBERSHIP_DELAY_MS = 2000;

/** The sockets that hear a chat in one dialect. */
export function roomOfDialect({ name }: NamespaceDialect, chatId: number): string {
  return `${name}:${chatId}`;
}

/** A socket of the default namespace. */
export class OpenNamespaceConnection extends SocketIoConnection implements NamespaceConnection {
  /** The chats of its user; it may hear these and no others. */
  private readonly chatIds = new Set<number>();
  /** Tells of each chat, by its id, that its user has come into it. */
  private readonly arrivals = new EventEmitter();
  private current: NamespaceDialect;

  /** @param dialects all that the namespace has; the first is the one in which the socket begins */
  constructor(
    socket: Socket,
    actor: Actor,
    metrics: Metrics,
    private readonly dialects: readonly [NamespaceDialect, ...NamespaceDialect[]],
  ) {
    super(socket, actor, metrics);
    this.current = dialects[0];
  }

  get id(): string {
    return this.socket.id;
  }

  get dialect(): NamespaceDialect {
    return this.current;
  }

  speaks(dialect: NamespaceDialect): boolean {
    return this.current === dialect;
  }

  /** It has sent an event of this dialect: the first such one decides what it speaks from now on. */
  noteSpoken(dialect: NamespaceDialect): void {
    if (this.current !== this.dialects[0] || this.current === dialect) return;
    for (const chatId of this.chatIds) this.tuneOut(chatId);
    this.current = dialect;
    if (dialect.hearsEveryChat) for (const chatId of this.chatIds) this.tuneIn(chatId);
  }

  emit(event: string, payload: unknown): void {
    this.outbox.flush();
    this.socket.emit(event, payload);
  }

  /** It is not in yet; `welcome` comes when it is. */
  greet(): void {
    // Nothing could reach it.
  }

  welcome(): void {
    for (const dialect of this.dialects) dialect.greet?.(this);
  }

  override join(chatId: number): void {
    this.chatIds.add(chatId);
    if (this.current.hearsEveryChat) this.tuneIn(chatId);
    this.arrivals.emit(String(chatId));
  }

  override leave(chatId: number): void {
    this.tuneOut(chatId);
    this.chatIds.delete(chatId);
  }

  tuneIn(chatId: number): boolean {
    if (!this.chatIds.has(chatId)) return false;
    this.enter(roomOfDialect(this.current, chatId));
    return true;
  }

  async whenMember(chatId: number): Promise<boolean> {
    if (this.chatIds.has(chatId)) return true;
    const signal = AbortSignal.timeout(MEMBERSHIP_DELAY_MS);
    return once(this.arrivals, String(chatId), { signal }).then(
      () => true,
      () => false,
    );
  }

  tuneOut(chatId: number): void {
    this.exit(roomOfDialect(this.current, chatId));
  }

  hears(chatId: number): boolean {
    return this.socket.rooms.has(roomOfDialect(this.current, chatId));
  }
}
