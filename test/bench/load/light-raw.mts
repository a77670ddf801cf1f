import { LightClient } from './light-client.mts';
import { LightSocket } from './light-socket.mts';

const MARKS = { delivery: Buffer.from('{"type":"new_message"'), answer: Buffer.from('{"type":"ack","ref":"') };

/** A member of a chat over the raw WebSocket. */
export class LightRaw extends LightClient {
  private readonly socket: LightSocket;

  private constructor(url: string, token: string, chatId: number) {
    super(MARKS);
    this.socket = new LightSocket(new URL(`/api/v1/ws/${chatId}?token=${token}`, url), this);
  }

  static async open(url: string, { token, chatId }: { token: string; chatId: number }): Promise<LightRaw> {
    const client = new LightRaw(url, token, chatId);
    await client.isGreeted;
    return client;
  }

  override close(): void {
    this.socket.close();
  }

  protected override write(id: number, chatId: number, content: string): void {
    this.socket.send(JSON.stringify({ type: 'message', ref: String(id), chat_id: chatId, content }));
  }

  protected override onOther(text: string): void {
    if (text.startsWith('{"type":"connected"')) this.greet();
    else if (text.startsWith('{"type":"error"') || text.startsWith('{"type":"ack"')) this.onClose(text);
  }
}
