import { Caller, closeSockets, LiveSocket, refusal } from './live-socket';
import { openRaw } from './raw-socket';
import type { Origin } from './server-node';
import { openSocketIo } from './socket-io-socket';

export { closeSockets, openRaw, openSocketIo, refusal };
export type { LiveSocket };

export type OpenSocket = (server: Origin, caller: Caller, chatId: number) => Promise<LiveSocket>;

/** Both ways in, for `describe.each`. */
export const SOCKETS: [string, OpenSocket][] = [
  ['raw WebSocket', openRaw],
  ['Socket.IO', openSocketIo],
];
