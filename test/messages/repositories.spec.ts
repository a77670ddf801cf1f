import { ChatsRepository, CreateGroup, DeleteAccount, OpenDirectChat } from '@app/chats';
import { ListInbox, ListMessages, MarkRead } from '@app/messages';
import type { Actor } from '@app/platform';
import { RegisterUser, SearchUsers, UsernameTaken } from '@app/users';
import { describeWith } from '../support/servers';
import { Chatter } from './chatter';

const PAGE = { page: 1, limit: 10 };

/** What the repositories ask of a store beyond rows by their keys: order, comparison of text, counting, who was first. */
function describeRepositories(settingsOf: () => Record<string, string>): void {
  let ada: Chatter;

  beforeAll(async () => {
    ada = await Chatter.open(settingsOf());
  });

  afterAll(() => ada.close());

  const register = async (username: string, fullName: string | null = null): Promise<Actor> => {
    const account = { username, email: `${username}@example.org`, password: 'correct horse', fullName };
    const { id } = await ada.get(RegisterUser).execute(account, { address: '192.0.2.1' });
    return { userId: id, sessionId: 'another session' };
  };

  it('finds people by the beginning of either name, in the order of code points', async () => {
    for (const name of ['zoe_b', 'Zoe_A', 'zoe10', 'zoé']) await register(name);
    await register('somebody', 'Zoe Maier');
    const { items, total } = await ada.get(SearchUsers).execute(ada.ada, 'ZOE', PAGE);
    expect(items.map(({ username }) => username)).toEqual(['somebody', 'zoe10', 'Zoe_A', 'zoe_b']);
    expect(total).toBe(4);
  });

  it('gives a name to one of many who want it at once', async () => {
    const outcomes = await Promise.allSettled(['taken', 'TAKEN', 'Taken'].map((name) => register(name)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(UsernameTaken);
    }
  });

  it('opens one direct chat for two who open it at once', async () => {
    const bob = await register('bob');
    const open = (one: Actor, other: Actor) => ada.get(OpenDirectChat).execute(one, [other.userId]);
    const opened = await Promise.all(
      Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? open(ada.ada, bob) : open(bob, ada.ada))),
    );
    expect(new Set(opened.map(({ chat }) => chat.id)).size).toBe(1);
    expect(opened.filter(({ isNew }) => isNew)).toHaveLength(1);
  });

  it('tells client ids apart exactly', async () => {
    const ids = ['key', 'Key', 'key ', 'kéy', 'ｋey'];
    for (const clientId of ids)
      expect(await ada.send(`as ${clientId}`, { clientId })).toMatchObject({ isReplay: false });
    for (const clientId of ids) {
      const { message, isReplay } = await ada.send(`as ${clientId}`, { clientId });
      expect([message.content, isReplay]).toEqual([`as ${clientId}`, true]);
    }
  });

  it('pages through history by number and by cursor alike, and counts what is unread', async () => {
    const cleo = await register('cleo');
    const group = { name: 'pages', participantIds: [cleo.userId] };
    const { id: chatId } = await ada.get(CreateGroup).execute(ada.ada, group);
    const sent = [];
    for (let n = 1; n <= 7; n++) sent.push((await ada.send(`${n}`, { chatId })).message);
    const history = ada.get(ListMessages);
    const byPage = await history.byPage(cleo, chatId, { page: 2, limit: 3 });
    expect(byPage.items.map(({ content }) => content)).toEqual(['4', '3', '2']);
    const byCursor = await history.byCursor(cleo, chatId, { before: sent[4]?.seq ?? 0 }, 3);
    expect(byCursor.items.map(({ content }) => content)).toEqual(['4', '3', '2']);
    expect(await ada.get(MarkRead).execute(cleo, chatId, sent[1]?.seq ?? 0)).toMatchObject({ unreadCount: 5 });
    const { items } = await ada.get(ListInbox).execute(cleo, PAGE);
    expect(items.map((entry) => [entry.chat.name, entry.lastMessage?.content, entry.unreadCount])).toEqual([
      ['pages', '7', 5],
    ]);
  });

  it('finds each page by number in a long chat, whatever else happened between its messages', async () => {
    const { id: chatId } = await ada.get(CreateGroup).execute(ada.ada, { name: 'long', participantIds: [] });
    const newestFirst: number[] = [];
    while (newestFirst.length < 140) {
      const sent = await Promise.all(Array.from({ length: 10 }, () => ada.send('hello', { chatId })));
      const ids = sent.map(({ message }) => message.id);
      newestFirst.unshift(...ids.toReversed());
      // Each fourth of ten: the 64th message, from which others are found, is a tombstone.
      await ada.delete(ids[3] ?? 0);
      await ada.edit(ids[7] ?? 0, 'goodbye');
    }
    // Begins at each message once, and with pages that hold several of those.
    for (const limit of [1, 50, 64, 100]) {
      for (let page = 1; (page - 1) * limit < 140; page++) {
        const { items } = await ada.get(ListMessages).byPage(ada.ada, chatId, { page, limit });
        const wanted = newestFirst.slice((page - 1) * limit, page * limit);
        expect({ limit, page, ids: items.map(({ id }) => id) }).toEqual({ limit, page, ids: wanted });
      }
    }
  });

  it('keeps moments to the millisecond, in UTC', async () => {
    const { message } = await ada.send('now');
    const [latest] = await ada.list();
    expect(latest?.sentAt).toEqual(message.sentAt);
    expect(Math.abs(Date.now() - message.sentAt.getTime())).toBeLessThan(60_000);
  });

  it('finds who was deleted and has not left yet', async () => {
    const dan = await register('dan');
    await ada.get(CreateGroup).execute(ada.ada, { name: null, participantIds: [dan.userId] });
    expect(await ada.get(ChatsRepository).listDeletedMembers()).toEqual([]);
    await ada.get(DeleteAccount).execute(dan, null);
    expect(await ada.get(ChatsRepository).listChatIdsOfMember(dan.userId)).toEqual([]);
  });
}

describe('on the embedded store', () => describeRepositories(() => ({})));

describeWith(['mariadb'], 'on MariaDB', (stores) => describeRepositories(() => stores.settings));
