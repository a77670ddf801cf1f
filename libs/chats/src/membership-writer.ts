import { Injectable } from '@nestjs/common';
import { UserDirectory } from '@app/users';
import { In, type EntityManager } from 'typeorm';
import type { Names } from './chat-views';
import { ChatWrite, ChatWriter } from './log';
import { ParticipantEntity } from './persistence/participant.entity';

/** What writes about the members of a chat have in common: they see all of them, and know their names. */
@Injectable()
export abstract class MembershipWriter<Write extends ChatWrite> extends ChatWriter<Write, void, Names> {
  override readonly needsAllMembers = true;

  protected constructor(private readonly directory: UserDirectory) {
    super();
  }

  async prepare(tx: EntityManager, writes: readonly Write[]): Promise<Names> {
    const members = await tx.find(ParticipantEntity, {
      select: { chatId: true, userId: true },
      where: { chatId: In(writes.map(({ chatId }) => chatId)) },
    });
    return this.directory.getNames(members.map(({ userId }) => userId));
  }
}
