import { DomainEvent, EventBus } from '@app/platform';
import { CameOnline, ChatHint, Presence, WentOffline } from '@app/realtime';
import { eventually } from '../../support/wait';

/** A node's presence, and what was published of it there. */
export interface PresenceNode {
  readonly presence: Presence;
  /** `7 came to 1`, `7 left 1`. */
  readonly published: string[];
}

/** Notes what is published from here on. */
export function watch(bus: EventBus): string[] {
  const published: string[] = [];
  const publish = bus.publish.bind(bus);
  bus.publish = (...events: readonly DomainEvent[]) => {
    for (const event of events) {
      const { userId, chatId } = event.data as ChatHint;
      if (CameOnline.is(event)) published.push(`${userId} came to ${chatId}`);
      if (WentOffline.is(event)) published.push(`${userId} left ${chatId}`);
    }
    publish(...events);
  };
  return published;
}

export async function expectSoon<Value>(ask: () => Value | Promise<Value>, expected: Value, ms = 5000): Promise<void> {
  const isSo = (value: Value): boolean => JSON.stringify(value) === JSON.stringify(expected);
  expect(await eventually(async () => ask(), isSo, ms)).toEqual(expected);
}

/** What every presence promises; run against each adapter. */
export function testPresence(open: () => Promise<PresenceNode>): void {
  let presence: Presence;
  let published: string[];
  beforeEach(async () => {
    ({ presence, published } = await open());
  });

  it('has somebody online from the first connection to the last, and counts them', async () => {
    expect(presence.isOnline(7)).toBe(false);
    expect(await presence.opened(7, 'websocket')).toBe(1);
    expect(await presence.opened(7, 'socket.io')).toBe(2);
    presence.closed(7, 'websocket');
    expect(presence.isOnline(7)).toBe(true);
    presence.closed(7, 'socket.io');
    await expectSoon(() => presence.isOnline(7), false);
    expect(await presence.opened(7, 'websocket')).toBe(1);
  });

  it('tells once who comes to a chat and who leaves it, however many connections hear it', async () => {
    await presence.joined(7, [1, 2]);
    await presence.joined(7, [1]);
    await presence.joined(8, [1]);
    await expectSoon(() => presence.listOnlineInChat(1), [7, 8]);
    presence.left(7, [1]);
    presence.left(8, [1]);
    presence.left(7, [1, 2]);
    await expectSoon(() => published.length, 6);
    expect(published).toEqual(['7 came to 1', '7 came to 2', '8 came to 1', '8 left 1', '7 left 1', '7 left 2']);
    expect(await presence.listOnlineInChat(1)).toEqual([]);
  });

  it('knows how many there are of each', async () => {
    const none = { totalConnections: 0, onlineUsers: 0, activeChats: 0, byTransport: {} };
    expect(await presence.stats()).toEqual(none);
    for (const transport of ['websocket', 'socket.io', 'socket.io']) await presence.opened(7, transport);
    await presence.opened(8, 'socket.io');
    await presence.joined(7, [1, 2]);
    await presence.joined(8, [2]);
    const all = { totalConnections: 4, onlineUsers: 2, activeChats: 2, byTransport: { websocket: 1, 'socket.io': 3 } };
    await eventually(
      () => presence.stats(),
      ({ activeChats }) => activeChats === 2,
    );
    expect(await presence.stats()).toEqual(all);
    presence.left(7, [1, 2]);
    presence.left(8, [2]);
    for (const transport of ['websocket', 'socket.io', 'socket.io']) presence.closed(7, transport);
    presence.closed(8, 'socket.io');
    await eventually(
      () => presence.stats(),
      ({ totalConnections }) => totalConnections === 0,
    );
    expect(await presence.stats()).toEqual(none);
  });

  it('takes hundreds of chats and people at once', async () => {
    const chatIds = Array.from({ length: 500 }, (_, n) => n + 1);
    for (let userId = 1; userId <= 20; userId++) void presence.joined(userId, chatIds);
    await expectSoon(() => published.length, 10_000);
    expect(await presence.listOnlineInChat(500)).toHaveLength(20);
    for (let userId = 1; userId <= 20; userId++) presence.left(userId, chatIds);
    await expectSoon(() => published.length, 20_000);
    expect((await presence.stats()).activeChats).toBe(0);
  });
}
