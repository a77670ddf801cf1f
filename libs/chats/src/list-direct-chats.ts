import { Injectable } from '@nestjs/common';
import type { Actor, PageRequest } from '@app/platform';
import { PersonName, UserDirectory } from '@app/users';
import { otherOfDirectKey } from './chat';
import { ChatsRepository } from './chats.repository';

export interface DirectChat {
  readonly id: number;
  readonly other: PersonName & { readonly userId: number };
}

/** The actor's direct chats, latest activity first; those that he or she has left are out, until someone writes there. */
@Injectable()
export class ListDirectChats {
  constructor(
    private readonly chats: ChatsRepository,
    private readonly directory: UserDirectory,
  ) {}

  async execute({ userId }: Actor, request: PageRequest): Promise<DirectChat[]> {
    const rows = await this.chats.findDirectOfMember(userId, request);
    const pairs = rows.map(({ id, directKey }) => ({ id, otherId: otherOfDirectKey(directKey ?? '', userId) }));
    const names = await this.directory.getNames(pairs.map(({ otherId }) => otherId));
    return pairs.flatMap(({ id, otherId }) => {
      const name = names.get(otherId);
      return name ? [{ id, other: { userId: otherId, ...name } }] : [];
    });
  }
}
