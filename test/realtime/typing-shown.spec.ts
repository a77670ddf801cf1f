import { ChatHint } from '@app/realtime';
import { TypingShown } from '../../libs/realtime/src/typing-shown';

const SHOWN_MS = 10_000;

describe('who is shown as typing', () => {
  const hint: ChatHint = { chatId: 1, userId: 7, at: new Date(0) };
  let shown: TypingShown;
  let overdue: ChatHint[];

  beforeEach(() => {
    jest.useFakeTimers();
    shown = new TypingShown();
    overdue = [];
    shown.onOverdue((late) => overdue.push(late));
  });
  afterEach(() => {
    shown.onModuleDestroy();
    jest.useRealTimers();
  });

  it('is told once when it starts and once when it stops', () => {
    expect([shown.start(hint), shown.start(hint)]).toEqual([true, false]);
    expect([shown.stop(hint), shown.stop(hint)]).toEqual([true, false]);
    expect(shown.start(hint)).toBe(true);
  });

  it('has stopped when its node says nothing more', () => {
    shown.start(hint);
    jest.advanceTimersByTime(SHOWN_MS - 1);
    shown.start(hint);
    jest.advanceTimersByTime(SHOWN_MS - 1);
    expect(overdue).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(overdue).toMatchObject([{ chatId: 1, userId: 7 }]);
    expect(shown.stop(hint)).toBe(false);
  });
});
