import { Logger } from '@nestjs/common';
import { defineEvent, LocalEventBus } from '@app/platform';

const Opened = defineEvent<{ chatId: number }>('test.opened');
const Closed = defineEvent<{ chatId: number }>('test.closed');

describe('LocalEventBus', () => {
  it('tells each subscriber of an event, in order, and nobody else', () => {
    const bus = new LocalEventBus();
    const heard: string[] = [];
    bus.on(Opened, ({ chatId }) => heard.push(`first ${chatId}`));
    bus.on(Opened, ({ chatId }) => heard.push(`second ${chatId}`));
    bus.on(Closed, ({ chatId }) => heard.push(`closed ${chatId}`));
    bus.publish(Opened({ chatId: 1 }), Closed({ chatId: 1 }));
    bus.publish(Opened({ chatId: 2 }));
    expect(heard).toEqual(['first 1', 'second 1', 'closed 1', 'first 2', 'second 2']);
  });

  it('lets no failing subscriber hinder another, nor the one who publishes', () => {
    const log = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const bus = new LocalEventBus();
    const heard: number[] = [];
    bus.on(Opened, () => {
      throw new Error('a subscriber is broken');
    });
    bus.on(Opened, ({ chatId }) => heard.push(chatId));
    bus.publish(Opened({ chatId: 7 }), Opened({ chatId: 8 }));
    expect(heard).toEqual([7, 8]);
    expect(log).toHaveBeenCalledTimes(2);
  });

  it('carries data that could travel between nodes', () => {
    const event = Opened({ chatId: 3 });
    expect(JSON.parse(JSON.stringify(event))).toEqual({ name: 'test.opened', data: { chatId: 3 } });
  });
});
