import { io } from 'socket.io-client';
import WebSocket from 'ws';
import type { Person } from '../../support/people';
import { rawUrl } from '../../support/raw-socket';
import { within } from '../../support/wait';
import type { Ack } from '../../support/wire';

/** A socket that sends more than anybody should. It looks at answers only: what else it hears is thrown away. */
export interface FloodSocket {
  send(chatId: number, key: string, onAnswer: (answer: Ack) => void): void;
  close(): void;
}

export type OpenFloodSocket = (person: Person, chatId: number) => Promise<FloodSocket>;

/** Short, so that a hundred thousand are soon written. */
const CONTENT = 'flood';
const ACK = Buffer.from('{"type":"ack"');
const OPENS_WITHIN_MS = 30_000;

export const openRawFlood: OpenFloodSocket = async (person, chatId) => {
  const ws = new WebSocket(`${rawUrl(person.server, chatId)}?token=${person.token}`, { perMessageDeflate: false });
  const connected = new Promise((resolve, reject) => ws.once('message', resolve).once('error', reject));
  await within(OPENS_WITHIN_MS, connected, 'a WebSocket');
  const waiting = new Map<string, (answer: Ack) => void>();
  ws.on('message', (data: Buffer) => {
    if (!data.subarray(0, ACK.length).equals(ACK)) return;
    const answer = JSON.parse(data.toString()) as Ack & { ref: string };
    waiting.get(answer.ref)?.(answer);
    waiting.delete(answer.ref);
  });
  return {
    send: (_chatId, key, onAnswer) => {
      waiting.set(key, onAnswer);
      ws.send(JSON.stringify({ type: 'message', content: CONTENT, client_id: key, ref: key }));
    },
    close: () => ws.terminate(),
  };
};

export const openSocketIoFlood: OpenFloodSocket = async (person) => {
  const options = { transports: ['websocket'], forceNew: true, reconnection: false, auth: { token: person.token } };
  const socket = io(`${person.server.url}/v1`, options);
  const connected = new Promise((resolve, reject) => socket.once('connected', resolve).once('connect_error', reject));
  await within(OPENS_WITHIN_MS, connected, 'a Socket.IO connection');
  return {
    send: (chat_id, key, onAnswer) =>
      void socket.emit('message', { chat_id, content: CONTENT, client_id: key }, onAnswer),
    close: () => void socket.disconnect(),
  };
};
