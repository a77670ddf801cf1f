import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import {
  Applied,
  ChatLog,
  ChatNotFound,
  ChatsModule,
  ChatWrite,
  ChatWriter,
  CreateGroup,
  LockedChat,
} from '@app/chats';
import { Database, DatabaseModule } from '@app/database';
import { Actor, defineEvent, EventBus, InvalidInput, loadConfig, PlatformModule } from '@app/platform';
import { RegisterUser } from '@app/users';
import { signal } from '../support/wait';

const Noted = defineEvent<{ chatId: number; seq: number; at: Date; note: string }>('test.noted');

interface Note extends ChatWrite {
  readonly note: string;
}

/** Writes events that say what they were given; some refuse, some break. */
class Notes extends ChatWriter<Note, number, null> {
  transactions = 0;
  failingFlushes = 0;

  async prepare(): Promise<null> {
    this.transactions++;
    return null;
  }

  apply({ note, actor }: Note, chat: LockedChat): Applied<number> {
    chat.requirePermission('send', actor);
    if (note === 'refused') throw InvalidInput.field('note', 'refused', 'note: refused.');
    if (note === 'broken') throw new Error('broken');
    const change = chat.recordEvent(Noted.eventName, actor.userId, { note });
    return { result: change.seq, events: [Noted({ ...change, note })] };
  }

  override async flush(): Promise<void> {
    if (this.failingFlushes-- > 0) throw new Error('the disk is full');
  }
}

describe('the chat log', () => {
  let app: INestApplicationContext;
  let dataDir: string;
  let log: ChatLog;
  let actor: Actor;
  let chatId: number;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'chat-log-'));
    const config = loadConfig({ NODE_ENV: 'test', DATA_DIR: dataDir, BCRYPT_COST: '4' });
    @Module({ imports: [PlatformModule.register(config), DatabaseModule, ChatsModule] })
    class TestModule {}
    app = await NestFactory.createApplicationContext(TestModule, { logger: false });
    log = app.get(ChatLog);
    const account = { username: 'ada', email: 'ada@example.org', password: 'correct horse', fullName: null };
    const user = await app.get(RegisterUser).execute(account, { address: '127.0.0.1' });
    actor = { userId: user.id, sessionId: 'a session' };
  });

  afterAll(async () => {
    await app.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  beforeEach(async () => {
    chatId = (await app.get(CreateGroup).execute(actor, { participantIds: [] })).id;
  });

  const lastSeq = async (): Promise<number> => {
    const [row] = await app
      .get(Database)
      .reads.query<{ last_seq: number }[]>('SELECT last_seq FROM chats WHERE id = ?', [chatId]);
    return row?.last_seq ?? NaN;
  };

  it('commits a hundred writes that arrive together in one transaction, numbered in the order of asking', async () => {
    const notes = new Notes();
    const asked = Array.from({ length: 100 }, (_, index) => log.commit(notes, { actor, chatId, note: `${index}` }));
    expect(await Promise.all(asked)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    expect(notes.transactions).toBe(1);
  });

  it('answers after the commit and publishes in the order of the numbers', async () => {
    const heard: [number, string][] = [];
    const committedWhenHeard: Promise<number>[] = [];
    app.get(EventBus).on(Noted, (event) => {
      if (event.chatId !== chatId) return;
      heard.push([event.seq, event.note]);
      committedWhenHeard.push(lastSeq());
    });
    await Promise.all(['a', 'b', 'c'].map((note) => log.commit(new Notes(), { actor, chatId, note })));
    expect(heard).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
    ]);
    expect(await Promise.all(committedWhenHeard)).toEqual([3, 3, 3]);
  });

  it('lets a refused write fail alone and leave no gap', async () => {
    const notes = new Notes();
    const asked = ['a', 'refused', 'b'].map((note) => log.commit(notes, { actor, chatId, note }));
    const elsewhere = log.commit(notes, { actor, chatId: chatId + 1000, note: 'c' });
    const outcomes = await Promise.allSettled([...asked, elsewhere]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
    expect(outcomes[3]).toMatchObject({ reason: expect.any(ChatNotFound) as unknown });
    expect(await lastSeq()).toBe(2);
  });

  it('tries the writes of a broken batch one by one, so that the broken one fails alone', async () => {
    const notes = new Notes();
    const asked = ['a', 'broken', 'b'].map((note) => log.commit(notes, { actor, chatId, note }));
    const outcomes = await Promise.allSettled(asked);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await lastSeq()).toBe(2);
  });

  it('leaves nothing of a commit that fails at its end', async () => {
    const notes = new Notes();
    notes.failingFlushes = 1;
    await expect(log.commit(notes, { actor, chatId, note: 'a' })).rejects.toThrow('the disk is full');
    expect(await lastSeq()).toBe(0);
    await expect(log.commit(notes, { actor, chatId, note: 'b' })).resolves.toBe(1);
  });

  it('refuses what goes beyond its bound, and answers all that it took', async () => {
    const notes = new Notes();
    const asked = Array.from({ length: 10_001 }, (_, index) => log.commit(notes, { actor, chatId, note: `${index}` }));
    const outcomes = await Promise.allSettled(asked);
    expect(outcomes.at(-1)).toMatchObject({ reason: { kind: 'unavailable', retryAfterSeconds: 1 } });
    // A slow machine may not have taken all of the others in time: what it did not take, it says so of.
    const stored = outcomes.filter(({ status }) => status === 'fulfilled').length;
    expect(stored).toBeGreaterThan(256);
    expect(await lastSeq()).toBe(stored);
  }, 120_000);

  it('refuses a write that has waited too long, and does nothing of it', async () => {
    const slow = new Notes();
    const gate = signal();
    slow.prepare = () => gate.promise.then(() => null);
    const first = log.commit(slow, { actor, chatId, note: 'slow' });
    await new Promise(setImmediate);
    const late = log.commit(new Notes(), { actor, chatId, note: 'late' });
    await expect(late).rejects.toMatchObject({ kind: 'unavailable', retryAfterSeconds: 2 });
    gate.give();
    await first;
    expect(await lastSeq()).toBe(1);
  });

  it('verifies the membership inside the commit: who was removed a moment ago is refused', async () => {
    const stranger: Actor = { userId: actor.userId + 1000, sessionId: 'another' };
    await expect(log.commit(new Notes(), { actor: stranger, chatId, note: 'a' })).rejects.toThrow(ChatNotFound);
  });
});
