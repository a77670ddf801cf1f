import { type ChatChange, CreateGroup } from '@app/chats';
import { ListChanges, MessageSent } from '@app/messages';
import type { DomainEvent } from '@app/platform';
import { Chatter } from './chatter';

/** What is remembered of it may never show: statement-counts.spec.ts tells that it is. */
describe('a stretch of changes that was asked for before', () => {
  let chatter: Chatter;
  let messageId: number;
  beforeEach(async () => {
    chatter = await Chatter.open();
    ({ id: messageId } = (await chatter.send('first')).message);
    await chatter.send('second');
    await ask();
  });
  afterEach(() => chatter.close());

  const ask = (after = 0, limit = 100, chatId = chatter.chatId) =>
    chatter.get(ListChanges).execute(chatter.ada, chatId, after, limit);
  const contentOf = (change: DomainEvent<ChatChange> | undefined) =>
    change && MessageSent.is(change) ? change.data.message.content : undefined;

  it('has what has come since', async () => {
    await chatter.send('third');
    const { changes, lastSeq, more } = await ask();
    expect([changes.map(contentOf).at(-1), lastSeq, more]).toEqual(['third', changes.length, false]);
  });

  it('has its messages as they have become', async () => {
    await chatter.edit(messageId, 'edited');
    expect((await ask()).changes.map(contentOf)).toContain('edited');
    await chatter.delete(messageId);
    const contents = (await ask()).changes.map(contentOf);
    expect(contents).not.toContain('edited');
    expect(contents).toContain('second');
  });

  it('is another one after another number, with another limit, and in another chat', async () => {
    const all = (await ask()).changes;
    expect((await ask(1)).changes).toEqual(all.slice(1));
    expect(await ask(0, 1)).toMatchObject({ changes: all.slice(0, 1), more: true });
    const other = await chatter.get(CreateGroup).execute(chatter.ada, { name: null, participantIds: [] });
    for (const content of ['other', 'another']) await chatter.send(content, { chatId: other.id });
    expect((await ask(0, 100, other.id)).changes.map(contentOf)).toContain('another');
  });
});
