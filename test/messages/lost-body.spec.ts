import { ListChanges, ListInbox, ListRevisions, MessageBodyMissing } from '@app/messages';
import { Metrics } from '@app/platform';
import { MessagesRepository } from '../../libs/messages/src/messages.repository';
import { MessageEntity } from '../../libs/messages/src/persistence/message.entity';
import { MessageBodyEntity } from '../../libs/messages/src/persistence/message-body.entity';
import { MessageRevisionEntity } from '../../libs/messages/src/persistence/message-revision.entity';
import { Chatter } from './chatter';

const PAGE = { page: 1, limit: 10 };

/** Somebody restored half of a backup. No crash of ours leads here. */
describe('a text that is lost', () => {
  let chatter: Chatter;
  beforeEach(async () => (chatter = await Chatter.open()));
  afterEach(() => chatter.close());

  const loseBody = (bodyId: number) =>
    chatter.database.transaction((tx) => tx.delete(MessageBodyEntity, { id: bodyId }));
  const loseTextOf = async (messageId: number) => {
    const row = await chatter.database.reads.findOneByOrFail(MessageEntity, { id: messageId });
    await loseBody(row.bodyId ?? NaN);
  };
  const alarms = async () => (await chatter.get(Metrics).danglingBodies.get()).values[0]?.value ?? 0;

  it('is told of by its message in every list, and the others stay readable', async () => {
    await chatter.send('before');
    const { message: lost } = await chatter.send('lost');
    await chatter.send('after');
    await loseTextOf(lost.id);

    const shown = (await chatter.list()).map(({ content, isTextLost }) => [content, isTextLost]);
    expect(shown).toEqual([
      ['after', false],
      ['', true],
      ['before', false],
    ]);
    expect(await alarms()).toBe(1);

    const { changes } = await chatter.get(ListChanges).execute(chatter.ada, chatter.chatId, 0, 10);
    expect(changes.map(({ data }) => data)).toMatchObject([
      { message: { content: 'before', isTextLost: false } },
      { message: { content: '', isTextLost: true } },
      { message: { content: 'after', isTextLost: false } },
    ]);
    expect(await alarms()).toBe(2);
  });

  it('does not close the inbox of its reader', async () => {
    const { message } = await chatter.send('lost');
    await loseTextOf(message.id);
    const { items } = await chatter.get(ListInbox).execute(chatter.ada, PAGE);
    expect(items).toMatchObject([{ lastMessage: { id: message.id, isTextLost: true } }]);
  });

  it('is the answer itself where nothing else was asked for: a replay, and earlier texts', async () => {
    const { message } = await chatter.send('lost', { clientId: 'k' });
    await chatter.edit(message.id, 'lost, too');
    const revision = await chatter.database.reads.findOneByOrFail(MessageRevisionEntity, { messageId: message.id });
    await loseBody(revision.bodyId);
    await loseTextOf(message.id);
    await expect(chatter.send('lost', { clientId: 'k' })).rejects.toThrow(MessageBodyMissing);
    const revisions = chatter.get(ListRevisions).execute(chatter.ada, message.id, PAGE);
    await expect(revisions).rejects.toMatchObject({ kind: 'unavailable', code: 'message.body_missing' });
    expect(await alarms()).toBe(2);
  });

  it('is healed by an edit, and goes with a deletion', async () => {
    const { message } = await chatter.send('lost');
    await loseTextOf(message.id);
    expect(await chatter.edit(message.id, 'found')).toMatchObject({ content: 'found', isTextLost: false });
    await loseTextOf(message.id);
    expect(await chatter.delete(message.id)).toMatchObject({ isDeleted: true, isTextLost: false });
    expect((await chatter.list())[0]).toMatchObject({ isDeleted: true, isTextLost: false });
    expect(await alarms()).toBe(0);
  });

  it('is no loss when the message was deleted while it was read', async () => {
    const { message } = await chatter.send('going');
    const messages = chatter.get(MessagesRepository);
    const found = messages.findByOrdinals.bind(messages);
    jest.spyOn(messages, 'findByOrdinals').mockImplementationOnce(async (...page: Parameters<typeof found>) => {
      const rows = await found(...page);
      await chatter.delete(message.id);
      return rows;
    });
    expect(await chatter.list()).toMatchObject([{ id: message.id, isDeleted: true, isTextLost: false }]);
    expect(await alarms()).toBe(0);
  });
});
