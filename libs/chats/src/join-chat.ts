import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/platform';
import { InvalidToken, UserDirectory } from '@app/users';
import type { EntityManager } from 'typeorm';
import { recordArrival } from './arrival';
import { GROUP_MAX_MEMBERS } from './chat';
import type { Names } from './chat-views';
import { ChatFull } from './chats.errors';
import { Applied, ChatLog, ChatWrite, ChatWriter, LockedChat } from './log';

interface Arrivals {
  readonly active: ReadonlySet<number>;
  readonly names: Names;
}

/** Comes into a room that is open to join. */
@Injectable()
export class JoinChat extends ChatWriter<ChatWrite, void, Arrivals> {
  override readonly needsAllMembers = true;

  constructor(
    private readonly log: ChatLog,
    private readonly directory: UserDirectory,
  ) {
    super();
  }

  /** @throws ChatNotFound also if it is not open, AlreadyParticipant, ChatFull, InvalidToken */
  execute(actor: Actor, chatId: number): Promise<void> {
    return this.log.commit(this, { actor, chatId });
  }

  async prepare(tx: EntityManager, writes: readonly ChatWrite[]): Promise<Arrivals> {
    const userIds = [...new Set(writes.map(({ actor }) => actor.userId))];
    const active = await this.directory.findActiveIds(userIds, tx);
    return { active, names: await this.directory.getNames([...active]) };
  }

  apply({ actor }: ChatWrite, chat: LockedChat, { active, names }: Arrivals): Applied<void> {
    if (!active.has(actor.userId)) throw new InvalidToken();
    chat.requireJoinable(actor);
    const wanted = chat.listMembers().length + 1;
    if (wanted > GROUP_MAX_MEMBERS) throw new ChatFull(wanted);
    return { result: undefined, events: [recordArrival(chat, actor.userId, chat.learnNames(names))] };
  }
}
