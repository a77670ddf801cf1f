import { LightClient } from './light-client.mts';
import { LightSocket } from './light-socket.mts';

const NAMESPACE = '/v1';
const MARKS = { delivery: Buffer.from(`42${NAMESPACE},["new_message"`), answer: Buffer.from(`43${NAMESPACE},`) };

/** Speaks just enough Socket.IO (Engine.IO 4, WebSocket only) to be a member of a chat. */
export class LightSocketIo extends LightClient {
  private readonly socket: LightSocket;
  private readonly auth: object;

  private constructor(url: string, auth: object) {
    super(MARKS);
    this.auth = auth;
    this.socket = new LightSocket(new URL('/socket.io/?EIO=4&transport=websocket', url), this);
  }

  static async open(url: string, auth: object): Promise<LightSocketIo> {
    const client = new LightSocketIo(url, auth);
    await client.isGreeted;
    return client;
  }

  override close(): void {
    this.socket.close();
  }

  protected override write(id: number, chatId: number, content: string): void {
    this.socket.send(`42${NAMESPACE},${id}${JSON.stringify(['message', { chat_id: chatId, content }])}`);
  }

  private answerPing(): void {
    this.onPing();
    this.socket.send('3');
  }

  protected override onOther(text: string): void {
    if (text === '2') this.answerPing();
    else if (text.startsWith('0')) this.socket.send(`40${NAMESPACE},${JSON.stringify(this.auth)}`);
    else if (text.startsWith(`42${NAMESPACE},["connected"`)) this.greet();
    else if (text.startsWith('44') || text.startsWith('41') || text.startsWith(`42${NAMESPACE},["error"`))
      this.onClose(text);
  }
}
