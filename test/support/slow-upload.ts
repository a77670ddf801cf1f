import { once } from 'node:events';
import { connect, Socket } from 'node:net';
import type { Person } from './people';

const BOUNDARY = 'between-the-parts';
const HEAD = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="large.bin"\r\n\r\n`;
const TAIL = `\r\n--${BOUNDARY}--\r\n`;

/** An upload that is sent a slice at a time, when somebody says so. What it sends it does not keep. */
export class SlowUpload {
  private readonly answered: Promise<string>;

  private constructor(private readonly socket: Socket) {
    let text = '';
    socket.on('error', () => undefined);
    this.answered = new Promise((resolve) => {
      socket.on('data', (data: Buffer) => {
        text += data.toString('latin1');
        if (text.includes('\r\n\r\n')) resolve(text);
      });
      socket.on('close', () => resolve(text));
    });
  }

  static async begin(person: Person, bytes: number): Promise<SlowUpload> {
    const { hostname, port } = new URL(person.server.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    const head = [
      'POST /api/v1/media HTTP/1.1',
      'host: localhost',
      `authorization: Bearer ${person.token}`,
      `content-type: multipart/form-data; boundary=${BOUNDARY}`,
      `content-length: ${HEAD.length + bytes + TAIL.length}`,
    ];
    const upload = new SlowUpload(socket);
    await upload.send(`${head.join('\r\n')}\r\n\r\n${HEAD}`);
    return upload;
  }

  /** Resolves when the system has taken all of it. */
  async send(slice: string | Uint8Array): Promise<void> {
    await new Promise<void>((resolve, reject) =>
      this.socket.write(slice, (error) => (error ? reject(error) : resolve())),
    );
  }

  /** @returns the status of the answer */
  async end(): Promise<number> {
    await this.send(TAIL);
    const status = Number(/^HTTP\/1.1 (\d+)/.exec(await this.answered)?.[1]);
    this.socket.destroy();
    return status;
  }
}
