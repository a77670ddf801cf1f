import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

/**
 * What one would write instead: a Socket.IO server that keeps nothing. It answers with the same message object as ours,
 * to the same room, and acknowledges at once.
 */
const http = createServer();
const io = new Server(http, { serveClient: false, perMessageDeflate: false, httpCompression: false });
const namespace = io.of('/v1');
let seq = 0;

namespace.on('connection', (socket) => {
  void socket.join('chat:1');
  socket.on('message', ({ content }: { content: string }, acknowledge: (answer: object) => void) => {
    seq++;
    const timestamp = new Date().toISOString();
    const message = {
      id: seq,
      chat_id: 1,
      seq,
      sender_id: 1,
      sender_username: 'somebody',
      content,
      timestamp,
      message_type: 'text',
      is_edited: false,
      is_deleted: false,
      edited_at: null,
      client_id: null,
      reply_to: null,
      media: [],
    };
    namespace.to('chat:1').emit('new_message', { type: 'new_message', chat_id: 1, seq, timestamp, message });
    acknowledge({ type: 'ack', ok: true, message });
  });
});

http.listen(0, '127.0.0.1', () => {
  const { port } = http.address() as AddressInfo;
  console.log(JSON.stringify({ msg: 'listening', url: `http://127.0.0.1:${port}` }));
});
