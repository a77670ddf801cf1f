import { io, Socket } from 'socket.io-client';
import type { Origin } from './server-node';
import { within } from './wait';

/** A Socket.IO connection to the default namespace, and everything that it was sent, in order. */
export class NamespaceSocket {
  readonly heard: { readonly event: string; readonly payload: unknown }[] = [];
  private readonly watchers = new Set<() => void>();
  private refusal: Error | undefined;

  constructor(readonly socket: Socket) {
    socket.onAny((event: string, payload: unknown) => {
      this.heard.push({ event, payload });
      for (const look of [...this.watchers]) look();
    });
    socket.on('disconnect', () => this.watchers.forEach((look) => look()));
    socket.on('connect_error', (error) => {
      this.refusal = error;
      this.watchers.forEach((look) => look());
    });
  }

  /** The payloads of an event so far. */
  of<Payload>(event: string): Payload[] {
    return this.heard.filter((one) => one.event === event).map(({ payload }) => payload as Payload);
  }

  /** Forgets what has come so far. */
  clear(): void {
    this.heard.length = 0;
  }

  /** The first payload of an event that fits, whether it has come already or is still to come. */
  async waitFor<Payload>(event: string, where: (payload: Payload) => boolean = () => true): Promise<Payload> {
    const find = () => this.of<Payload>(event).find(where);
    await this.until(() => find() !== undefined, `${event}; received ${JSON.stringify(this.heard).slice(0, 1000)}`);
    return find() as Payload;
  }

  /** Sends, and gives what the acknowledgement got. */
  ask<Answer = { ok: boolean; message?: unknown }>(event: string, ...payload: unknown[]): Promise<Answer> {
    return within(5000, this.socket.emitWithAck(event, ...payload) as Promise<Answer>, `the answer to ${event}`);
  }

  /** Resolves when everything that the server sent before now has come: it answers in order. */
  async settle(): Promise<void> {
    await this.socket.emitWithAck('leaveRoom', { chatroomId: '1' });
  }

  /** Resolves when the server has closed it. */
  closed(): Promise<void> {
    return this.until(() => !this.socket.connected, 'the end of the socket');
  }

  private async until(holds: () => boolean, what: string): Promise<void> {
    if (holds()) return;
    let look: (() => void) | undefined;
    const seen = new Promise<void>((resolve, reject) => {
      look = () => (this.refusal ? reject(this.refusal) : holds() && resolve());
      this.watchers.add(look);
    });
    try {
      await within(5000, seen, () => what);
    } finally {
      if (look) this.watchers.delete(look);
    }
  }
}

const open = new Set<Socket>();

/** Opens a socket and waits until it was greeted; rejects with what `connect_error` says. */
export async function openNamespace(
  server: Origin,
  token: string | undefined,
  { address = '', ...options }: { address?: string } & Record<string, unknown> = {},
): Promise<NamespaceSocket> {
  const auth = token === undefined ? {} : { token: `Bearer ${token}` };
  const client = io(`${server.url}${address}`, { auth, forceNew: true, reconnection: false, ...options });
  open.add(client);
  const socket = new NamespaceSocket(client);
  await socket.waitFor('joinedUserRoom');
  return socket;
}

/** For `afterEach`: no test leaves a socket to the next. */
export function closeNamespaces(): void {
  for (const socket of open) socket.disconnect();
  open.clear();
}
