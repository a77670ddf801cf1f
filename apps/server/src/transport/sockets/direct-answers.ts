import type { Socket } from 'socket.io';
import { ENGINE_MESSAGE, EngineLink } from './engine-link';
import { FrameRun } from './frames';
import { answerPacket } from './packets';

/** What is changed of a socket of Socket.IO: it makes the function by which an event is answered. */
interface Answering {
  ack: (packetId: number) => (...answer: unknown[]) => void;
}

/**
 * Lets answers to events go the way of the news to rooms, in one piece with these: Socket.IO's own way looks for binary
 * data in each, and costs as much as all the rest of an answer. Answers must be JSON.
 *
 * `ack` is not part of Socket.IO's interface: without it, answers go Socket.IO's own way.
 */
export function answerDirectly(socket: Socket): void {
  const answering = socket as unknown as Partial<Answering>;
  if (typeof answering.ack !== 'function') return;
  answering.ack = (packetId) => {
    let isAnswered = false;
    return (...answer) => {
      if (isAnswered) return;
      isAnswered = true;
      EngineLink.send(socket, new FrameRun([answerPacket(socket.nsp.name, packetId, answer)], ENGINE_MESSAGE));
    };
  };
}
