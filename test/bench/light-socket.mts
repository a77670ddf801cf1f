import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/**
 * A WebSocket client that does as little as possible, so that the server is the limit and not the clients:
 * it looks for the bounds of frames and at their first bytes, and decodes only what its owner asks for.
 */
export class LightSocket {
  onText: (payload: Buffer) => void = () => undefined;
  private pending: Buffer = Buffer.alloc(0);
  private readonly socket: Socket;

  private constructor(socket: Socket) {
    this.socket = socket;
  }

  static async open(url: URL): Promise<LightSocket> {
    const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    const client = new LightSocket(socket);
    socket.write(
      `GET ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    );
    await new Promise<void>((resolve, reject) => {
      let head = Buffer.alloc(0);
      const onData = (chunk: Buffer): void => {
        head = Buffer.concat([head, chunk]);
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) return;
        socket.off('data', onData);
        if (!head.toString('latin1', 0, 12).endsWith('101')) reject(new Error(head.toString('latin1', 0, end)));
        socket.on('data', (data: Buffer) => client.read(data));
        // Frames may have come with the answer: read them when the owner has set its listener.
        setImmediate(() => client.read(head.subarray(end + 4)));
        resolve();
      };
      socket.on('data', onData);
      socket.once('error', reject);
    });
    return client;
  }

  /** Sends a text frame. The mask is zero, which the protocol allows and which saves masking. */
  send(text: string): void {
    const payload = Buffer.from(text);
    const { length } = payload;
    const head =
      length < 126 ? Buffer.from([0x81, 0x80 | length]) : Buffer.from([0x81, 0xfe, length >> 8, length & 255]);
    this.socket.write(Buffer.concat([head, Buffer.alloc(4), payload]));
  }

  close(): void {
    this.socket.destroy();
  }

  private read(chunk: Buffer): void {
    const data = this.pending.length > 0 ? Buffer.concat([this.pending, chunk]) : chunk;
    let offset = 0;
    for (;;) {
      if (data.length - offset < 2) break;
      const short = (data[offset + 1] ?? 0) & 0x7f;
      const headBytes = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (data.length - offset < headBytes) break;
      const length =
        short < 126 ? short : short === 126 ? data.readUInt16BE(offset + 2) : Number(data.readBigUInt64BE(offset + 2));
      const end = offset + headBytes + length;
      if (data.length < end) break;
      if (((data[offset] ?? 0) & 0x0f) === 1) this.onText(data.subarray(offset + headBytes, end));
      offset = end;
    }
    this.pending = data.subarray(offset);
  }
}
