import { LightSocket } from './light-socket.mts';

const PING = '2'.charCodeAt(0);
const MESSAGE = '4'.charCodeAt(0);
const EVENT = '2'.charCodeAt(0);
const ACK = '3'.charCodeAt(0);

/** Speaks just enough Socket.IO (Engine.IO 4, WebSocket only) to send with acknowledgements and to count what comes in. */
export class LightSocketIo {
  deliveries = 0;
  onDelivery: () => void = () => undefined;
  private nextAckId = 0;
  private readonly waiting = new Map<number, (answer: string) => void>();
  private readonly socket: LightSocket;
  private readonly namespace: string;
  private readonly prefix: string;
  private readonly deliveryMark: Buffer;

  private constructor(socket: LightSocket, namespace: string, deliveryEvent: string) {
    this.socket = socket;
    this.namespace = namespace;
    this.prefix = namespace === '/' ? '' : `${namespace},`;
    this.deliveryMark = Buffer.from(`["${deliveryEvent}"`);
  }

  static async open(url: string, namespace: string, auth: object, deliveryEvent: string): Promise<LightSocketIo> {
    const target = new URL('/socket.io/?EIO=4&transport=websocket', url);
    const socket = await LightSocket.open(target);
    const client = new LightSocketIo(socket, namespace, deliveryEvent);
    await client.handshake(auth);
    return client;
  }

  /** Resolves with the acknowledgement's JSON. */
  request(event: string, payload: object): Promise<string> {
    const id = this.nextAckId++;
    this.socket.send(`42${this.prefix}${id}${JSON.stringify([event, payload])}`);
    return new Promise((resolve) => this.waiting.set(id, resolve));
  }

  close(): void {
    this.socket.close();
  }

  private handshake(auth: object): Promise<void> {
    return new Promise((resolve, reject) => {
      this.socket.onText = (payload) => {
        const text = payload.toString();
        if (text.startsWith('0')) this.socket.send(`40${this.prefix}${JSON.stringify(auth)}`);
        else if (text.startsWith(`40${this.namespace === '/' ? '' : this.namespace}`)) {
          this.socket.onText = (frame) => this.receive(frame);
          resolve();
        } else if (text.startsWith('44')) reject(new Error(text));
      };
    });
  }

  private receive(frame: Buffer): void {
    if (frame[0] === PING) {
      this.socket.send('3');
      return;
    }
    if (frame[0] !== MESSAGE) return;
    const start = 2 + this.prefix.length;
    if (frame[1] === EVENT) {
      if (!frame.subarray(start, start + this.deliveryMark.length).equals(this.deliveryMark)) return;
      this.deliveries++;
      this.onDelivery();
    } else if (frame[1] === ACK) {
      const bracket = frame.indexOf('[', start);
      const id = Number(frame.toString('latin1', start, bracket));
      const resolve = this.waiting.get(id);
      this.waiting.delete(id);
      resolve?.(frame.toString('utf8', bracket));
    }
  }
}
