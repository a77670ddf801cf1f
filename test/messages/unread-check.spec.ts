import { MessagesRepository } from '../../libs/messages/src/messages.repository';
import { makeSoundStore, verdictOn } from '../verify/sound-store';

describe('the check of unread counts', () => {
  it('names whoever is told a wrong number', async () => {
    const { dataDir, group, bob } = await makeSoundStore();
    expect((await verdictOn(dataDir)).damage).toEqual([]);
    const count = MessagesRepository.prototype.countUnread;
    // As a counter would be that missed a change: Bob has one more to read, everywhere.
    jest.spyOn(MessagesRepository.prototype, 'countUnread').mockImplementation(async function (
      this: MessagesRepository,
      ...[userId, chatIds, view]
    ) {
      const counts = await count.call(this, userId, chatIds, view);
      return userId === bob ? new Map([...counts].map(([chatId, unread]) => [chatId, unread + 1])) : counts;
    });
    const { damage } = await verdictOn(dataDir);
    expect(damage).toContain(`unread: chat ${group}, member ${bob}: 2 unread by the API's count, 1 by going through`);
  });
});
