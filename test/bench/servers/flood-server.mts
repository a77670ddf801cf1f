import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';

/**
 * Knows no chats: writes frames that were made beforehand to every socket as fast as those take them, to show what the
 * load can do when the server costs next to nothing. It begins with SIGUSR2.
 */
const FRAMES = Number(process.env['FRAMES']);
const FRAMES_PER_WRITE = Number(process.env['FRAMES_PER_WRITE']);
const MAX_WAITING_BYTES = 1024 * 1024;

const sockets: Socket[] = [];

function frame(text: string): Buffer {
  const payload = Buffer.from(text);
  const size = payload.length < 126 ? [payload.length] : [126, payload.length >> 8, payload.length & 255];
  return Buffer.concat([Buffer.from([0x81, ...size]), payload]);
}

function delivery(seq: number): Buffer {
  const timestamp = '2026-01-01T00:00:00.000Z';
  const content = 'x'.repeat(100);
  const state = { message_type: 'text', is_edited: false, is_deleted: false, edited_at: null };
  const ids = { id: seq, chat_id: 1, seq, sender_id: 1, sender_username: 'member_flood_server_1' };
  const message = { ...ids, content, timestamp, ...state, client_id: null, reply_to: null, media: [] };
  return frame(
    `42/v1,${JSON.stringify(['new_message', { type: 'new_message', chat_id: 1, seq, timestamp, message }])}`,
  );
}

async function flood(): Promise<void> {
  const frames = Array.from({ length: FRAMES }, (_, index) => delivery(index + 1));
  for (let first = 0; first < FRAMES; first += FRAMES_PER_WRITE) {
    const chunk = Buffer.concat(frames.slice(first, first + FRAMES_PER_WRITE));
    for (const socket of sockets) socket.write(chunk);
    await setImmediate();
    const slow = sockets.filter(({ writableLength }) => writableLength > MAX_WAITING_BYTES);
    await Promise.all(slow.map((socket) => once(socket, 'drain')));
  }
}

const server = createServer((socket) => {
  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  socket.once('data', () => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n');
    socket.write(frame('42/v1,["connected",{}]'));
    sockets.push(socket);
  });
});

process.once('SIGUSR2', () => void flood());
process.once('SIGTERM', () => process.exit());
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(JSON.stringify({ msg: 'listening', url: `http://127.0.0.1:${port}` }));
});
