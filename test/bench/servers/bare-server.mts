import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

/**
 * What one would write instead: a Socket.IO server that keeps nothing. It takes everybody's word, answers with the same
 * message object as ours, to the same rooms, and acknowledges at once. The settings of Socket.IO are those of ours.
 */
const http = createServer();
const io = new Server(http, {
  serveClient: false,
  perMessageDeflate: false,
  httpCompression: false,
  maxHttpBufferSize: 256 * 1024,
  pingInterval: 20_000,
  pingTimeout: 20_000,
});
const namespace = io.of('/v1');
const seqs = new Map<number, number>();
let ids = 0;

namespace.on('connection', (socket) => {
  void socket.join(`chat:${(socket.handshake.auth as { chat_id: number }).chat_id}`);
  socket.emit('connected', { type: 'connected', user_id: 1 });
  socket.on('message', (sent: { chat_id: number; content: string }, acknowledge: (answer: object) => void) => {
    const chatId = sent.chat_id;
    const seq = (seqs.get(chatId) ?? 0) + 1;
    seqs.set(chatId, seq);
    const timestamp = new Date().toISOString();
    const message = {
      id: ++ids,
      chat_id: chatId,
      seq,
      sender_id: 1,
      sender_username: 'member_bare_server_1',
      content: sent.content,
      timestamp,
      message_type: 'text',
      is_edited: false,
      is_deleted: false,
      edited_at: null,
      client_id: null,
      reply_to: null,
      media: [],
    };
    namespace
      .to(`chat:${chatId}`)
      .emit('new_message', { type: 'new_message', chat_id: chatId, seq, timestamp, message });
    acknowledge({ type: 'ack', ok: true, message });
  });
});

process.once('SIGTERM', () => process.exit());
http.listen(0, '127.0.0.1', () => {
  const { port } = http.address() as AddressInfo;
  console.log(JSON.stringify({ msg: 'listening', url: `http://127.0.0.1:${port}` }));
});
