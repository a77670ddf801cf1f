import type { Inbox } from './inbox';
import type { Ack, Frame, Problem } from './wire';

/** How a socket ended: the close code of the raw WebSocket, the reason that Socket.IO gives. */
export interface Closing {
  readonly code?: number;
  readonly reason: string;
}

/** One live connection, whichever way: a scenario that takes this runs through both. */
export interface LiveSocket {
  readonly transport: 'websocket' | 'socket.io';
  readonly inbox: Inbox;
  /** The first frame that the server sent. */
  readonly connected: Frame;
  readonly closed: Promise<Closing>;
  /** Sends and waits for the acknowledgement; rejects if the socket closes first. */
  request(type: string, payload: Record<string, unknown>): Promise<Ack>;
  /** Sends and waits for nothing. */
  emit(type: string, payload: Record<string, unknown>): void;
  ping(chatId: number): Promise<Frame>;
  close(): Promise<void>;
  /** Stops and resumes reading from the connection beneath. */
  pause(): void;
  resume(): void;
}

/** Who opens a socket: anything with a token, or without. */
export interface Caller {
  readonly token?: string;
}

/** The server did not let a socket in. */
export class Refused extends Error {
  constructor(
    readonly closing: Closing,
    readonly problem?: Problem,
  ) {
    super(`refused: ${closing.code ?? ''} ${closing.reason} ${problem?.code ?? ''}`);
  }
}

/** Why the server did not let a socket in; fails if it did. */
export async function refusal(opening: Promise<LiveSocket>): Promise<Refused> {
  const outcome = await opening.catch((error: unknown) => error);
  if (outcome instanceof Refused) return outcome;
  if (outcome instanceof Error) throw outcome;
  void (outcome as LiveSocket).close();
  throw new Error('the server let a socket in that it should have refused');
}

const open = new Set<LiveSocket>();

/** Remembers a socket so that `closeSockets` finds it. */
export function remember<Socket extends LiveSocket>(socket: Socket): Socket {
  open.add(socket);
  void socket.closed.then(() => open.delete(socket));
  return socket;
}

/** For `afterEach`: no test leaves a socket to the next. */
export async function closeSockets(): Promise<void> {
  await Promise.all([...open].map((socket) => socket.close()));
}
