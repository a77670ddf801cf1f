import { setTimeout } from 'node:timers/promises';
import { expectStatus } from '../../support/api';
import { newGroup, newPeople, Person } from '../../support/people';
import type { Server } from '../../support/server';
import { within } from '../../support/wait';
import type { Problem } from '../../support/wire';
import { FloodSocket, openRawFlood, openSocketIoFlood } from './flood-socket';
import { Tally } from './tally';

/** Each has less on its way than a connection may, and together more than any server stores in two seconds. */
const SOCKETS = 100;
const MAX_ON_THE_WAY = 900;
const SUSTAINED_ON_THE_WAY = 4;
const REST_WRITERS = 16;
const READERS = 4;
const TICK_MS = 5;
/** However slow the machine: an answer that takes longer is missing. */
const ANSWERED_WITHIN_MS = 120_000;

interface Sender {
  readonly person: Person;
  readonly chatId: number;
  readonly socket: FloodSocket;
  onTheWay: number;
}

/** Many who send and some who read, each writer into a chat of their own. */
export class Flood {
  readonly readsMs: number[] = [];
  private readonly answers = new Set<Promise<void>>();
  private lastKey = 0;

  private constructor(private readonly senders: readonly Sender[]) {}

  static async prepare(server: Server): Promise<Flood> {
    const people = await newPeople(server, SOCKETS);
    const senders: Sender[] = [];
    for (const [index, person] of people.entries()) {
      const { id: chatId } = await newGroup(person, []);
      const socket = await (index % 4 === 3 ? openSocketIoFlood : openRawFlood)(person, chatId);
      senders.push({ person, chatId, socket, onTheWay: 0 });
    }
    return new Flood(senders);
  }

  get chats(): readonly { reader: Person; chatId: number }[] {
    return this.senders.map(({ person, chatId }) => ({ reader: person, chatId }));
  }

  close(): void {
    for (const { socket } of this.senders) socket.close();
  }

  /** As much as is answered: each sends the next message when one was answered. @returns messages per second */
  async sustain(tally: Tally, seconds: number): Promise<number> {
    const begun = performance.now();
    const before = tally.stored.size;
    const keepSending = async (sender: Sender): Promise<void> => {
      while (performance.now() - begun < seconds * 1000) await this.send(sender, tally);
    };
    const loops = this.senders.flatMap((sender) => Array<Sender>(SUSTAINED_ON_THE_WAY).fill(sender));
    await within(ANSWERED_WITHIN_MS, Promise.all(loops.map(keepSending)), 'answers to what the server can do');
    return ((tally.stored.size - before) * 1000) / (performance.now() - begun);
  }

  /**
   * As much at once as fits, so that there is more than enough however fast the machine, and then so many messages
   * a second, whether they are answered or not; people read and send by REST meanwhile.
   * It lasts until somebody was refused, if that takes longer. Resolves when all are answered.
   */
  async overwhelm(tally: Tally, messagesPerSecond: number, seconds: number): Promise<void> {
    const begun = performance.now();
    const isOver = (): boolean => {
      const elapsedMs = performance.now() - begun;
      return elapsedMs > ANSWERED_WITHIN_MS || (elapsedMs > seconds * 1000 && tally.refused.size > 0);
    };
    const beside = [
      ...this.senders.slice(0, REST_WRITERS).map((sender) => this.keepPosting(sender, tally, isOver)),
      ...this.senders.slice(0, READERS).map((sender) => this.keepReading(sender, isOver)),
    ];
    for (const sender of this.senders) {
      while (sender.onTheWay < MAX_ON_THE_WAY) void this.send(sender, tally);
    }
    for (let sent = 0, next = 0; !isOver(); await setTimeout(TICK_MS)) {
      const due = ((performance.now() - begun) / 1000) * messagesPerSecond;
      for (; sent < due; sent++) {
        const sender = this.senders[next++ % this.senders.length];
        if (sender && sender.onTheWay < MAX_ON_THE_WAY) void this.send(sender, tally);
      }
    }
    const missing = (): string => `${this.answers.size} answers`;
    await within(ANSWERED_WITHIN_MS, Promise.all([...this.answers, ...beside]), missing);
  }

  private send(sender: Sender, tally: Tally): Promise<void> {
    const key = `key-${++this.lastKey}`;
    const sentAt = performance.now();
    sender.onTheWay++;
    const answered = new Promise<void>((resolve) => {
      sender.socket.send(sender.chatId, key, (answer) => {
        sender.onTheWay--;
        tally.note(key, answer, performance.now() - sentAt);
        resolve();
      });
    });
    this.answers.add(answered);
    void answered.then(() => this.answers.delete(answered));
    return answered;
  }

  private async keepPosting({ person, chatId }: Sender, tally: Tally, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const key = `key-${++this.lastKey}`;
      const sentAt = performance.now();
      const answer = await person.api.post('/messages/', { chat_id: chatId, content: 'by REST', client_id: key });
      const verdict = answer.status === 201 ? { ok: true } : { ok: false, error: answer.body as Problem };
      tally.note(key, verdict, performance.now() - sentAt, answer.headers.get('retry-after'));
    }
  }

  private async keepReading({ person, chatId }: Sender, isOver: () => boolean): Promise<void> {
    const paths = ['/chats', `/messages/chat/${chatId}`, `/chats/${chatId}/changes?after=0`];
    for (let read = 0; !isOver(); read++) {
      const askedAt = performance.now();
      const answer = await person.api.get(paths[read % paths.length] ?? '');
      expectStatus(answer, 200, 503);
      if (answer.status === 200) this.readsMs.push(performance.now() - askedAt);
    }
  }
}
