import { Injectable } from '@nestjs/common';
import { UserDirectory } from '@app/users';
import type { EntityManager } from 'typeorm';
import type { Chat, Participant } from './chat';
import { ChatsRepository } from './chats.repository';
import type { ChatEntity } from './persistence/chat.entity';
import type { ParticipantEntity } from './persistence/participant.entity';

/** What people are called now, by their id. */
export type Names = Awaited<ReturnType<UserDirectory['getNames']>>;

/** Puts chats together with their members and the members' names, in a number of queries that does not grow with the chats. */
@Injectable()
export class ChatViews {
  constructor(
    private readonly chats: ChatsRepository,
    private readonly directory: UserDirectory,
  ) {}

  async compose(chats: readonly Readonly<ChatEntity>[], view?: EntityManager): Promise<Chat[]> {
    const members = await this.chats.findMembers(
      chats.map(({ id }) => id),
      view,
    );
    const names = await this.directory.getNames([...members.values()].flat().map(({ userId }) => userId));
    return chats.map((chat) => composeChat(chat, members.get(chat.id) ?? [], names));
  }

  async composeOne(chat: Readonly<ChatEntity>): Promise<Chat> {
    const [composed] = await this.compose([chat]);
    if (!composed) throw new Error('one chat in, one chat out');
    return composed;
  }
}

export function composeChat(chat: Readonly<ChatEntity>, members: readonly ParticipantEntity[], names: Names): Chat {
  const { id, type, name, createdAt, updatedAt, isActive, isOpen, lastSeq } = chat;
  const participants = members.map((member) => composeParticipant(member, names));
  return { id, type, name, createdAt, updatedAt, isActive, isOpen, lastSeq, participants };
}

export function composeParticipant(
  member: Pick<ParticipantEntity, 'userId' | 'joinedAt' | 'isAdmin'>,
  names: Names,
): Participant {
  const { userId, joinedAt, isAdmin } = member;
  const person = names.get(userId);
  if (!person) throw new Error(`user ${userId} has no name`);
  return { userId, ...person, joinedAt, isAdmin };
}
