import WebSocket from 'ws';
import { newGroup, newPerson } from '../../support/people';
import { rawUrl } from '../../support/raw-socket';
import { Server, startServer } from '../../support/server';
import { LiveSocket, openRaw, openSocketIo } from '../../support/sockets';
import { within } from '../../support/wait';

const PATIENCE_MS = 55_000;

/**
 * Sockets whose other end has silently gone: connected, but never answering a ping. Ours say nothing on their own,
 * so only the server's heartbeat can find them out. Beside each stands one that answers.
 */
export class HalfOpenWatch {
  private server: Server | undefined;
  private readonly dropped = new Map<string, Promise<number>>();
  private readonly living: LiveSocket[] = [];
  private chatId = 0;

  async start(): Promise<void> {
    const server = (this.server = await startServer());
    const person = await newPerson(server);
    const { id: chatId } = await newGroup(person, []);
    this.chatId = chatId;
    const silent = new WebSocket(`${rawUrl(server, chatId)}?token=${person.token}`, { autoPong: false });
    this.dropped.set('websocket', secondsFromFirstFrameToClose(silent));

    const address = `${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    const engine = new WebSocket(address);
    this.dropped.set('socket.io', secondsFromFirstFrameToClose(engine));
    engine.once('message', () => engine.send(`40/v1,${JSON.stringify({ token: person.token })}`));
    this.living.push(await openRaw(server, person, chatId), await openSocketIo(server, person));
  }

  secondsUntilDropped(transport: 'websocket' | 'socket.io'): Promise<number> {
    const dropped = this.dropped.get(transport) ?? Promise.reject(new Error('not started'));
    return within(PATIENCE_MS, dropped, 'the half-open socket to be dropped');
  }

  async isAlive(transport: 'websocket' | 'socket.io'): Promise<boolean> {
    const socket = this.living.find((one) => one.transport === transport);
    return (await socket?.ping(this.chatId))?.type === 'pong';
  }

  async stop(): Promise<void> {
    await Promise.all(this.living.map((socket) => socket.close()));
    await this.server?.stop();
  }
}

function secondsFromFirstFrameToClose(ws: WebSocket): Promise<number> {
  return new Promise((resolve, reject) => {
    let connectedAt: number | undefined;
    ws.once('message', () => (connectedAt = performance.now()));
    ws.on('error', reject);
    ws.on('close', () => {
      if (connectedAt === undefined) reject(new Error('it was never connected'));
      else resolve((performance.now() - connectedAt) / 1000);
    });
  });
}
