import { AddParticipants, ChatsMayHaveChanged, CreateGroup, LeaveChat, RemoveParticipant } from '@app/chats';
import { SendMessage } from '@app/messages';
import { Actor, DomainEvent } from '@app/platform';
import { LogOut } from '@app/users';
import { eventually, randomBetween } from '../support/wait';
import { Fate } from './shaky-bus';
import { Ear, TwoNodes } from './two-nodes';

const ENDED_WITHIN_MS = 5000;

/** Writes happen on one node, and the sockets are on another one. */
describe('a node that does not hear everything that the others say', () => {
  let nodes: TwoNodes;
  let ann: Actor, ben: Actor;
  let chatId: number;

  beforeAll(async () => {
    nodes = await TwoNodes.open();
    [ann, ben] = [await nodes.person(), await nodes.person()];
  });
  beforeEach(async () => {
    nodes.bus.fates = () => ['now'];
    nodes.bus.followMs = 0;
    nodes.bus.heal();
    chatId = await newChat(ann, ben);
  });
  afterEach(() => nodes.disconnectAll());
  afterAll(() => nodes.close());

  const newChat = async (maker: Actor, ...others: Actor[]): Promise<number> =>
    (await nodes.get(CreateGroup).execute(maker, { participantIds: others.map(({ userId }) => userId) })).id;
  const add = (who: Actor, where = chatId) => nodes.get(AddParticipants).execute(ann, where, [who.userId]);
  const remove = (who: Actor, where = chatId) => nodes.get(RemoveParticipant).execute(ann, where, who.userId);
  /** @returns the number of the last one */
  const say = async (count: number, where = chatId): Promise<number> => {
    const sends = Array.from({ length: count }, (_, n) =>
      nodes.get(SendMessage).execute(ann, { chatId: where, content: `message ${n}` }),
    );
    return (await Promise.all(sends)).at(-1)?.message.seq ?? 0;
  };
  const expectAll = async (ear: Ear, from: number, to: number, where = chatId): Promise<void> => {
    const expected = Array.from({ length: to - from + 1 }, (_, n) => from + n);
    const seqs = await eventually(
      async () => ear.seqs(where),
      (heard) => heard.length >= expected.length,
      ENDED_WITHIN_MS,
    );
    expect(seqs).toEqual(expected);
  };
  const expectSoon = async (holds: () => boolean): Promise<void> =>
    expect(await eventually(async () => holds(), Boolean, ENDED_WITHIN_MS)).toBe(true);

  it('tells its sockets all the same: each change once, in order', async () => {
    const ears = [await nodes.connect(ben), await nodes.connect(ben, chatId), await nodes.connect(ann)];
    const fate = (): Fate =>
      (['lost', 'now', { afterMs: randomBetween(0, 150) }] as const)[randomBetween(0, 2)] ?? 'now';
    nodes.bus.fates = () => [fate(), fate()];
    for (let n = 0; n < 20; n++) await say(randomBetween(1, 10));
    nodes.bus.fates = () => ['now'];
    const last = await say(1);
    for (const ear of ears) await expectAll(ear, 1, last);
  });

  it('lets nothing fall between the greeting and the first change, whenever a socket opens', async () => {
    nodes.bus.fates = () => [{ afterMs: randomBetween(0, 5) }];
    const ears: Ear[] = [];
    for (let n = 0; n < 30; n++) {
      const sending = say(5);
      const ear = await nodes.connect(ben, chatId);
      // Some go at once, so that the chat is heard by nobody now and then.
      if (n < 20) nodes.connections.remove(ear);
      else ears.push(ear);
      await sending;
    }
    nodes.bus.fates = () => ['now'];
    const last = await say(1);
    for (const ear of ears) await expectAll(ear, (ear.greeting?.lastSeq ?? NaN) + 1, last);
  });

  it('knows what happened before it was heard on the bus', async () => {
    nodes.bus.followMs = 50;
    for (let n = 0; n < 5; n++) {
      const opening = nodes.connect(ben, chatId);
      const last = await say(1);
      const ear = await opening;
      await expectAll(ear, (ear.greeting?.lastSeq ?? NaN) + 1, last);
      nodes.connections.remove(ear);
    }
  });

  it('follows the chats that its sockets hear, and no others', async () => {
    expect(nodes.bus.follows(`chat:${chatId}`)).toBe(false);
    const [first, second] = [await nodes.connect(ben, chatId), await nodes.connect(ben)];
    expect(nodes.bus.follows(`chat:${chatId}`)).toBe(true);
    nodes.connections.remove(first);
    expect(nodes.bus.follows(`chat:${chatId}`)).toBe(true);
    nodes.connections.remove(second);
    expect(nodes.bus.follows(`chat:${chatId}`)).toBe(false);
  });

  it('fetches what was said while it was cut off, as soon as it knows', async () => {
    const ear = await nodes.connect(ben);
    nodes.bus.fates = () => ['lost'];
    const last = await say(250);
    expect(ear.seqs(chatId)).toEqual([]);
    nodes.bus.tellGap();
    await expectAll(ear, 1, last);
  });

  it('tells its sockets of changes even while it stays cut off', async () => {
    const ear = await nodes.connect(ben);
    nodes.bus.cut();
    await expectAll(ear, 1, await say(3));
    await expectAll(ear, 1, await say(3));
  });

  it('ends what has ended, within 5 seconds, even while it stays cut off', async () => {
    const leaver = await nodes.person();
    const removed = await nodes.person();
    for (const who of [leaver, removed]) await add(who);
    const all = [await nodes.connect(leaver), await nodes.connect(removed), await nodes.connect(ben)] as const;
    const raw = await nodes.connect(removed, chatId);
    nodes.bus.cut();
    await nodes.get(LogOut).execute(ben);
    await nodes.get(LeaveChat).execute(leaver, chatId);
    await remove(removed);
    await expectSoon(() => all[2].closed === 'session_ended' && raw.closed === 'access_ended');
    await expectSoon(() => !all[0].hears(chatId) && !all[1].hears(chatId));
    [ben] = [await nodes.person()];
  });

  it('finds the chats into which somebody came meanwhile, and tells them from the arrival on', async () => {
    const cem = await nodes.person();
    const ear = await nodes.connect(cem);
    await say(5);
    nodes.bus.cut();
    await add(cem);
    const made = await newChat(ann, cem);
    await expectAll(ear, 6, await say(2));
    await expectAll(ear, 1, await say(2, made), made);
    nodes.bus.heal();
    await expectAll(ear, 6, await say(1));
  });

  it('lets those hear who come into a chat that nobody here heard, from their arrival on', async () => {
    const cem = await nodes.person();
    const ear = await nodes.connect(cem);
    await say(5);
    nodes.bus.followMs = 100;
    await add(cem);
    await expectAll(ear, 6, await say(3));
    expect(ear.heard.find((entry) => entry.chatId === chatId)?.event.name).toBe('chats.participant_added');
  });

  it('believes no news of an arrival that came too late', async () => {
    const cem = await nodes.person();
    const [theirs, mine] = [await nodes.connect(cem), await nodes.connect(ben)];
    const news: DomainEvent[] = [];
    nodes.bus.fates = (event) => {
      if (['chats.created', 'chats.participant_added'].includes(event.name)) news.push(event);
      return ['now'];
    };
    chatId = await newChat(ann, ben, cem);
    await expectAll(theirs, 1, await say(1));
    await remove(cem);
    await add(cem);
    expect(theirs.hears(chatId)).toBe(true);
    await remove(cem);
    expect(theirs.hears(chatId)).toBe(false);
    nodes.bus.publish(...news);
    await expectAll(mine, 1, await say(1));
    expect(theirs.hears(chatId)).toBe(false);
    expect(theirs.seqs(chatId)).toEqual([1, 2, 3, 4]);
  });

  it('looks at chats of which nobody knows whether they have changed', async () => {
    const cem = await nodes.person();
    const [mine, theirs] = [await nodes.connect(ben), await nodes.connect(cem)];
    nodes.bus.fates = () => ['lost'];
    await add(cem);
    const last = await say(1);
    const made = await newChat(ann, cem);
    nodes.bus.publish(ChatsMayHaveChanged({ chatIds: [chatId, made] }));
    await expectAll(mine, 1, last);
    await expectSoon(() => theirs.hears(made));
  });
});
