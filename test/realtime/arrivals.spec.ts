import { ChatsRepository, CreateGroup, RemoveParticipant } from '@app/chats';
import { Actor } from '@app/platform';
import { CameOnline, ChatHint, WentOffline } from '@app/realtime';
import { eventually } from '../support/wait';
import { TwoNodes } from './two-nodes';

describe('a connection that is about to be let in', () => {
  let nodes: TwoNodes;
  let ann: Actor, ben: Actor;
  let chatId: number;
  let told: string[];

  beforeAll(async () => {
    nodes = await TwoNodes.open();
    ann = await nodes.person();
    const note = (what: string) => (hint: ChatHint) => void told.push(`${hint.userId} ${what} ${hint.chatId}`);
    nodes.bus.on(CameOnline, note('came to'));
    nodes.bus.on(WentOffline, note('left'));
  });
  beforeEach(async () => {
    nodes.bus.fates = () => ['now'];
    told = [];
    ben = await nodes.person();
    chatId = await newChat();
  });
  afterEach(() => {
    jest.restoreAllMocks();
    nodes.disconnectAll();
  });
  afterAll(() => nodes.close());

  const newChat = async () => (await nodes.get(CreateGroup).execute(ann, { participantIds: [ben.userId] })).id;
  /** It may be told a little later, together with more. */
  const expectTold = async (...expected: string[]): Promise<void> => {
    const ofBen = () => told.filter((what) => what.startsWith(`${ben.userId} `));
    await eventually(async () => ofBen().length >= expected.length, Boolean);
    expect(ofBen()).toEqual(expected);
  };
  /** Ben comes, and the other nodes take their time to count it. */
  const come = async () => {
    const joined = nodes.presence.joined.bind(nodes.presence);
    const others = Promise.withResolvers<void>();
    const asked = new Promise<void>((resolve) => {
      jest.spyOn(nodes.presence, 'joined').mockImplementationOnce(async (...who) => {
        await joined(...who);
        resolve();
        await others.promise;
      });
    });
    const opening = nodes.startConnecting(ben);
    await asked;
    return { ...opening, count: others.resolve };
  };

  it('is greeted when all nodes count it: who sees that may leave another node', async () => {
    const { ear, opened, count } = await come();
    expect([ear.greeting, ear.hears(chatId)]).toEqual([undefined, false]);
    count();
    await opened;
    expect([ear.greeting?.userId, ear.hears(chatId)]).toEqual([ben.userId, true]);
    nodes.connections.remove(ear);
    await expectTold(`${ben.userId} came to ${chatId}`, `${ben.userId} left ${chatId}`);
  });

  it('leaves nothing behind when it closes before', async () => {
    const { ear, opened, count } = await come();
    nodes.connections.remove(ear);
    count();
    await opened;
    expect([ear.greeting, await nodes.presence.listOnlineInChat(chatId)]).toEqual([undefined, []]);
    await expectTold(`${ben.userId} came to ${chatId}`, `${ben.userId} left ${chatId}`);
  });

  it('hears no chat that its person has left by then, and seems to go from no other one', async () => {
    const left = await newChat();
    const { ear, opened, count } = await come();
    await nodes.get(RemoveParticipant).execute(ann, left, ben.userId);
    count();
    await opened;
    expect([ear.hears(chatId), ear.hears(left)]).toEqual([true, false]);
    await expectTold(`${ben.userId} came to ${chatId}`, `${ben.userId} came to ${left}`, `${ben.userId} left ${left}`);
  });

  it('hears the chats into which its person has come by then, even if the news of that was lost', async () => {
    const { ear, opened, count } = await come();
    nodes.bus.fates = () => ['lost'];
    const added = await newChat();
    // Whoever is in by then is looked up, and whoever is not has to find it alone.
    const lookedUp = jest.spyOn(nodes.get(ChatsRepository), 'findMembershipsSince');
    nodes.bus.tellGap();
    await eventually(async () => lookedUp.mock.results.length, Boolean);
    await lookedUp.mock.results[0]?.value;
    count();
    await opened;
    expect([ear.hears(chatId), ear.hears(added)]).toEqual([true, true]);
  });
});
