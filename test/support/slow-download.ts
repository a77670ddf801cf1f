import { once } from 'node:events';
import { connect, Socket } from 'node:net';
import type { Person } from './people';

/** A download that is read a slice at a time, when somebody says so. What it reads it does not keep. */
export class SlowDownload {
  private wake: () => void = () => undefined;

  private constructor(private readonly socket: Socket) {
    for (const event of ['readable', 'end', 'close']) socket.on(event, () => this.wake());
  }

  static async begin(person: Person, mediaId: number): Promise<SlowDownload> {
    const { hostname, port } = new URL(person.server.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    const head = [
      `GET /api/v1/media/${mediaId} HTTP/1.1`,
      'host: localhost',
      `authorization: Bearer ${person.token}`,
      'connection: close',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    return new SlowDownload(socket);
  }

  /** @returns bytes that came, at least as many as asked for unless it is over */
  async read(bytes: number): Promise<number> {
    let taken = 0;
    while (taken < bytes && !this.socket.readableEnded && !this.socket.destroyed) {
      const chunk = this.socket.read() as Buffer | null;
      if (chunk) taken += chunk.length;
      else await new Promise<void>((resolve) => (this.wake = resolve));
    }
    return taken;
  }

  end(): void {
    this.socket.destroy();
  }
}
