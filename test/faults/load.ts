import { setTimeout } from 'node:timers/promises';
import { Door, restDoor, socketDoor } from '../support/doors';
import { Attempt, Ledger } from '../support/ledger';
import { newGroup, newPerson, Person, personAt } from '../support/people';
import { openRaw } from '../support/sockets';
import { signal, within } from '../support/wait';
import type { FaultyCluster } from './faulty-cluster';

const WRITERS = 8;
/** Between two messages of a writer: FerretDB looks through all texts for every page, so there must not be too many. */
const PAUSE_MS = 40;
/** One try; the product promises an answer within 5 seconds. */
const ANSWER_WITHIN_MS = 10_000;
const PAUSE_BEFORE_RETRY_MS = 50;
const SETTLED_WITHIN_MS = 60_000;

/**
 * Writers who never give up: each sends one message after the other into two chats, by REST or by a socket, to any node,
 * and again under the same key until it is acknowledged.
 */
export class Load {
  readonly ledger: Ledger = new Ledger(() => this.look());
  private isOver = false;
  private lastRefusal = 'nothing was refused';
  private awaited = { count: Infinity, reached: signal() };
  private writing: Promise<unknown> = Promise.resolve();
  private readonly sockets = new Map<string, Promise<Door>>();

  private constructor(
    private readonly cluster: FaultyCluster,
    /** The same person, at each node. */
    readonly people: readonly Person[],
    readonly chatIds: readonly number[],
  ) {}

  /** A new writer in two new chats. */
  static async prepare(cluster: FaultyCluster): Promise<Load> {
    const person = await newPerson(cluster.node(0));
    const chats = [await newGroup(person, []), await newGroup(person, [])];
    const people = cluster.nodes.map((node) => personAt(person, node));
    const chatIds = chats.map(({ id }) => id);
    return new Load(cluster, people, chatIds);
  }

  begin(): void {
    this.writing = Promise.all(Array.from({ length: WRITERS }, (_, writer) => this.write(writer)));
  }

  /** Resolves when so many more were acknowledged than are now; gives how long that took. */
  async more(count: number, withinMs: number): Promise<number> {
    const begun = performance.now();
    this.awaited = { count: this.ledger.acknowledged.size + count, reached: signal() };
    await within(withinMs, this.awaited.reached.promise, () => this.explain(`${count} acknowledgements`));
    return performance.now() - begun;
  }

  /** Begins nothing new, and resolves when everything that was begun is acknowledged. */
  async end(): Promise<void> {
    this.isOver = true;
    await within(SETTLED_WITHIN_MS, this.writing, () => this.explain('the last acknowledgements'));
  }

  private explain(what: string): string {
    return `${what}; the last refusal was ${this.lastRefusal};\n${this.cluster.tails()}`;
  }

  private look(): void {
    if (this.ledger.acknowledged.size >= this.awaited.count) this.awaited.reached.give();
  }

  private async write(writer: number): Promise<void> {
    while (!this.isOver) {
      const chatId = this.chatIds[(writer >> 1) % this.chatIds.length] ?? 0;
      const attempt = this.ledger.next(`w${writer}`, chatId);
      for (let tries = 0; !(await this.try(attempt, writer, writer + tries)); tries++) {
        await setTimeout(PAUSE_BEFORE_RETRY_MS);
      }
      await setTimeout(PAUSE_MS);
    }
  }

  /** True if it was acknowledged; false if nobody knows. */
  private async try(attempt: Attempt, writer: number, node: number): Promise<boolean> {
    const isBySocket = writer % 4 === 3;
    const socket = `${writer} ${node % this.people.length}`;
    const person = this.people[node % this.people.length];
    if (!person) throw new Error('nobody is there');
    try {
      const door = isBySocket ? await this.socketAt(socket, person, attempt.chatId) : restDoor(person);
      await within(ANSWER_WITHIN_MS, this.ledger.send(door, attempt), 'an answer');
      return true;
    } catch (error) {
      this.lastRefusal = String(error);
      this.sockets.delete(socket);
      return false;
    }
  }

  private socketAt(name: string, person: Person, chatId: number): Promise<Door> {
    const open = this.sockets.get(name) ?? openRaw(person.server, person, chatId).then(socketDoor);
    this.sockets.set(name, open);
    return open;
  }
}
