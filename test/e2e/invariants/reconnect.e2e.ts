import { allChanges, expectGapless, stateAfter } from '../../support/changes';
import { done, DOORS } from '../../support/doors';
import { newGroup, newPeople, Person } from '../../support/people';
import { startServer, Server } from '../../support/server';
import { closeSockets, LiveSocket, OpenSocket, SOCKETS } from '../../support/sockets';
import { randomBetween, signal, within } from '../../support/wait';
import { Chat, Frame } from '../../support/wire';

const READERS = 50;
const MESSAGES = 300;
const FRAMES_UNTIL_DISCONNECT = [3, 60] as const;

/** A client as the documentation tells one to be written: subscribe, then fetch what came before, then merge by `seq`. */
class Reader {
  readonly bySeq = new Map<number, Frame>();
  readonly complaints: string[] = [];
  reconnects = 0;
  private contiguous = 0;
  private awaited = { seq: Infinity, reached: () => undefined as void };

  constructor(
    private readonly person: Person,
    private readonly open: OpenSocket,
    private readonly chatId: number,
  ) {}

  async read(lastSeq: Promise<number>): Promise<void> {
    const done = lastSeq.then((seq) => this.reached(seq)).then(() => 'done' as const);
    for (;;) {
      const socket = await this.open(this.person.server, this.person, this.chatId);
      const enough = this.mergeUntilBored(socket).then(() => 'bored' as const);
      for (const change of await allChanges(this.person, this.chatId, this.contiguous)) this.merge(change);
      const outcome = await Promise.race([enough, done]);
      await socket.close();
      if (outcome === 'done') return;
      this.reconnects++;
    }
  }

  get list(): string[] {
    return [...this.bySeq.values()].map(({ seq, type, message }) => `${seq} ${type} ${message?.id}`);
  }

  get changes(): Frame[] {
    return [...this.bySeq.entries()].sort(([one], [other]) => one - other).map(([, frame]) => frame);
  }

  describe(): string {
    return `the reader of ${this.person.username} to get past ${this.contiguous} (has ${this.bySeq.size})`;
  }

  /** Resolves after some frames, as if the line had gone. What one connection hears has no gap in itself. */
  private mergeUntilBored(socket: LiveSocket): Promise<void> {
    let left = randomBetween(...FRAMES_UNTIL_DISCONNECT);
    let last: number | undefined;
    return new Promise((resolve) => {
      socket.inbox.follow((frame) => {
        if (frame.seq === undefined) return;
        if (last !== undefined && frame.seq !== last + 1) this.complaints.push(`${frame.seq} came after ${last}`);
        last = frame.seq;
        this.merge(frame);
        if (--left === 0) resolve();
      });
    });
  }

  private merge(frame: Frame): void {
    const { seq = 0 } = frame;
    if (!this.bySeq.has(seq)) this.bySeq.set(seq, frame);
    while (this.bySeq.has(this.contiguous + 1)) this.contiguous++;
    if (this.contiguous >= this.awaited.seq) this.awaited.reached();
  }

  private reached(seq: number): Promise<void> {
    return new Promise((resolve) => {
      this.awaited = { seq, reached: resolve };
      if (this.contiguous >= seq) resolve();
    });
  }
}

/** Invariant 4 of the design: sockets are hints, the database is the truth; together they leave nothing out. */
describe('readers whose connections break at random', () => {
  let server: Server;
  let writers: Person[], audience: Person[];
  let chat: Chat;
  beforeAll(async () => {
    server = await startServer();
    const people = await newPeople(server, DOORS.length + READERS);
    writers = people.slice(0, DOORS.length);
    audience = people.slice(DOORS.length);
    const [admin, ...members] = people as [Person, ...Person[]];
    chat = await newGroup(admin, members);
  });
  afterEach(closeSockets);
  afterAll(() => server.stop());

  /** Sends, edits and deletes; resolves with the number of changes that it made. */
  const write = async (writer: number): Promise<number> => {
    const door = await DOORS[writer]?.[1](writers[writer] as Person, chat.id);
    if (!door) throw new Error('no such door');
    let changes = 0;
    for (let n = 0; n < MESSAGES / DOORS.length; n++, changes++) {
      const message = done(await door.send({ chat_id: chat.id, content: `${writer}: ${n}` }));
      if (n % 5 === 0) changes += Number((await door.edit(message.id, { content: `${writer}: ${n}, edited` })).ok);
      if (n % 10 === 0) changes += Number((await door.delete(message.id)).ok);
    }
    return changes;
  };

  test('all end with the same list, which has no gap', async () => {
    const readers = audience.map((person, n) => {
      const [, open] = SOCKETS[n % SOCKETS.length] as [string, OpenSocket];
      return new Reader(person, open, chat.id);
    });
    const last = signal<number>();
    const reading = readers.map((reader) => within(120_000, reader.read(last.promise), () => reader.describe()));
    const counts = await Promise.all(writers.map((_, n) => write(n)));
    last.give(counts.reduce((sum, count) => sum + count, 0));
    await Promise.all(reading);

    const truth = await allChanges(writers[0] as Person, chat.id);
    expectGapless(truth);
    const expected = truth.map(({ seq, type, message }) => `${seq} ${type} ${message?.id}`);
    for (const reader of readers) {
      expect(reader.complaints).toEqual([]);
      expect(reader.list.sort()).toEqual([...expected].sort());
      expect(stateAfter(reader.changes)).toEqual(stateAfter(truth));
    }
    expect(readers.reduce((sum, { reconnects }) => sum + reconnects, 0)).toBeGreaterThan(READERS);
  }, 240_000);
});
