import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { loadMeter } from './load-meter.mts';

const READ_BYTES = 256 * 1024;
/** Room for the begin of a frame whose rest comes with the next read. */
const CARRY_BYTES = 64 * 1024;
/** All sockets read into the same memory, one after the other. */
const memory = Buffer.alloc(CARRY_BYTES + READ_BYTES);

const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

export interface FrameListener {
  /** The text stands in `bytes` from `start` to `end`, until the listener returns. */
  onText(bytes: Buffer, start: number, end: number): void;
  /** It is answered. */
  onPing(): void;
  /** Once, unless it was closed from here. */
  onClose(reason: string): void;
}

/**
 * A WebSocket client that does as little as possible, so that the server is the limit and not the clients:
 * it looks for the bounds of frames and leaves them where they are.
 */
export class LightSocket {
  private isOpen = false;
  private carried: Buffer = Buffer.alloc(0);
  private readonly socket: Socket;
  private listener: FrameListener | undefined;

  constructor(url: URL, listener: FrameListener) {
    this.listener = listener;
    const onread = { buffer: memory.subarray(CARRY_BYTES), callback: (bytes: number) => this.read(bytes) };
    this.socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true, onread });
    this.socket.on('error', (error) => this.end(error.message));
    this.socket.on('close', () => this.end('the connection was closed'));
    this.socket.write(
      `GET ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    );
  }

  /** Sends a text frame. */
  send(text: string): void {
    this.write(0x80 | TEXT, Buffer.from(text));
  }

  /** Goes without a word, like a client whose network is gone. */
  close(): void {
    this.listener = undefined;
    this.socket.destroy();
  }

  private answerPing(payload: Buffer): void {
    this.listener?.onPing();
    this.write(0x80 | PONG, payload);
  }

  private takeLeave(code: number): void {
    this.end(`the server closed the connection with ${code}`);
    this.socket.end();
  }

  private end(reason: string): void {
    this.listener?.onClose(reason);
    this.listener = undefined;
  }

  /** The mask is zero, which the protocol allows and which saves masking. */
  private write(kind: number, payload: Buffer): void {
    const { length } = payload;
    const size = length < 126 ? [0x80 | length] : [0xfe, length >> 8, length & 255];
    loadMeter.noteWork();
    this.socket.write(Buffer.concat([Buffer.from([kind, ...size, 0, 0, 0, 0]), payload]));
  }

  private read(bytes: number): boolean {
    loadMeter.noteWork();
    const start = CARRY_BYTES - this.carried.length;
    const end = CARRY_BYTES + bytes;
    this.carried.copy(memory, start);
    const rest = this.isOpen ? this.readFrames(start, end) : this.readHead(start, end);
    if (end - rest > CARRY_BYTES) throw new Error(`a frame of more than ${CARRY_BYTES} bytes came`);
    this.carried = Buffer.from(memory.subarray(rest, end));
    return true;
  }

  private readHead(start: number, end: number): number {
    const headEnd = memory.subarray(0, end).indexOf('\r\n\r\n', start);
    if (headEnd < 0) return start;
    if (memory.toString('latin1', start + 9, start + 12) !== '101') {
      this.end(memory.toString('latin1', start, end));
      return end;
    }
    this.isOpen = true;
    return this.readFrames(headEnd + 4, end);
  }

  /** @returns where the first frame begins that is not complete yet; the shortest, a ping without a word, has two bytes */
  private readFrames(start: number, end: number): number {
    let offset = start;
    while (end - offset >= 2) {
      let length = (memory[offset + 1] ?? 0) & 127;
      let payload = offset + 2;
      if (length === 126) {
        length = ((memory[offset + 2] ?? 0) << 8) | (memory[offset + 3] ?? 0);
        payload = offset + 4;
      } else if (length === 127) throw new Error('a frame of more than 65,535 bytes came');
      const next = payload + length;
      if (next > end) break;
      const kind = (memory[offset] ?? 0) & 15;
      if (kind === TEXT) this.listener?.onText(memory, payload, next);
      else if (kind === PING) this.answerPing(Buffer.from(memory.subarray(payload, next)));
      else if (kind === CLOSE) this.takeLeave(length < 2 ? 1005 : memory.readUInt16BE(payload));
      offset = next;
    }
    return offset;
  }
}
