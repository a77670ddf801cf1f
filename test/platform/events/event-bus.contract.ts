import { Logger } from '@nestjs/common';
import { defineEvent, EventBus } from '@app/platform';

export const Opened = defineEvent<{ chatId: number }>('test.opened');
export const Closed = defineEvent<{ chatId: number }>('test.closed');
/** Of interest only where the chat is followed. */
export const Said = defineEvent<{ chatId: number; n: number; at?: Date }>(
  'test.said',
  ({ chatId }) => `chat:${chatId}`,
);
export const Anything = defineEvent<unknown>('test.anything');

/** What every bus promises on the node that publishes; run against each adapter. */
export function testEventBus(open: () => Promise<EventBus>): void {
  let bus: EventBus;
  beforeEach(async () => (bus = await open()));
  afterEach(() => jest.restoreAllMocks());

  it('tells each subscriber of an event before publish returns, in order, and nobody else', () => {
    const heard: string[] = [];
    bus.on(Opened, ({ chatId }) => heard.push(`first ${chatId}`));
    bus.on(Opened, ({ chatId }) => heard.push(`second ${chatId}`));
    bus.on(Closed, ({ chatId }) => heard.push(`closed ${chatId}`));
    bus.publish(Opened({ chatId: 1 }), Closed({ chatId: 1 }));
    bus.publish(Opened({ chatId: 2 }));
    expect(heard).toEqual(['first 1', 'second 1', 'closed 1', 'first 2', 'second 2']);
  });

  it('tells its own node of a topic that nobody follows', () => {
    const heard: number[] = [];
    bus.on(Said, ({ n }) => heard.push(n));
    bus.publish(Said({ chatId: 1, n: 1 }), Said({ chatId: 2, n: 2 }));
    expect(heard).toEqual([1, 2]);
  });

  it('lets no failing subscriber hinder another, nor the one who publishes', () => {
    const log = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const heard: number[] = [];
    bus.on(Opened, () => {
      throw new Error('a subscriber is broken');
    });
    bus.on(Opened, ({ chatId }) => heard.push(chatId));
    bus.publish(Opened({ chatId: 7 }), Opened({ chatId: 8 }));
    expect(heard).toEqual([7, 8]);
    expect(log).toHaveBeenCalledTimes(2);
  });

  it('follows and ends following as often as one likes, and is whole', async () => {
    await Promise.all([bus.follow(['chat:1', 'chat:2']), bus.follow(['chat:1'])]);
    bus.unfollow(['chat:1', 'chat:2', 'chat:3']);
    await bus.follow([]);
    expect(bus.isWhole).toBe(true);
  });

  it('tells one who subscribes twice nothing twice, however often the topic is followed', async () => {
    const heard: number[] = [];
    bus.on(Said, ({ n }) => heard.push(n));
    await bus.follow(['chat:1', 'chat:1']);
    bus.publish(Said({ chatId: 1, n: 1 }));
    // Whatever this node could be told by others, it is told before this resolves.
    await bus.follow(['chat:9']);
    expect(heard).toEqual([1]);
  });
}
