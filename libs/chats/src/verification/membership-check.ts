import { Database, readInOrder } from '@app/database';
import type { Finding, StoreCheck } from '@app/platform';
import { UserEntity } from '@app/users';
import { EntityManager, In, MoreThan } from 'typeorm';
import { ChatEntity } from '../persistence/chat.entity';
import { ParticipantEntity } from '../persistence/participant.entity';
import { findMembershipDamage, People } from './membership-rules';

const CHATS_AT_ONCE = 50;
/** Members of chats that are not there, as many as are told of: after a bad restore it could be all. */
const MAX_STRAYS = 1000;

/** Who is in which chat: that chats, their members and the people behind them agree. Each page is one snapshot. */
export class MembershipCheck implements StoreCheck {
  readonly subject = 'memberships';
  seen = 0;

  constructor(private readonly database: Pick<Database, 'snapshot'>) {}

  async *findDamage(): AsyncGenerator<Finding> {
    let above = -1;
    while (above < Number.MAX_SAFE_INTEGER) {
      const { findings, upTo } = await this.database.snapshot((view) => this.checkPage(view, above));
      yield* findings;
      above = upTo;
    }
  }

  private async checkPage(view: EntityManager, above: number): Promise<{ findings: Finding[]; upTo: number }> {
    const chats = await view.find(ChatEntity, {
      where: { id: MoreThan(above) },
      order: { id: 'ASC' },
      take: CHATS_AT_ONCE,
    });
    // Behind the last chat there may still be members of chats that are not there.
    const upTo = chats.length < CHATS_AT_ONCE ? Number.MAX_SAFE_INTEGER : (chats.at(-1)?.id ?? above);
    const byChat = new Map(chats.map(({ id }): [number, ParticipantEntity[]] => [id, []]));
    const strays: Finding[] = [];
    for await (const member of readInOrder(view, ParticipantEntity, ['chatId', 'userId'], { above, upTo })) {
      this.seen++;
      const ofChat = byChat.get(member.chatId);
      if (ofChat) ofChat.push(member);
      else if (strays.length < MAX_STRAYS) strays.push(describeStray(member));
    }
    const people = await findPeople(view, [...byChat.values()].flat());
    const findings = chats.flatMap((chat) => findMembershipDamage(chat, byChat.get(chat.id) ?? [], people, new Date()));
    return { findings: [...findings, ...strays], upTo };
  }
}

async function findPeople(view: EntityManager, members: readonly ParticipantEntity[]): Promise<People> {
  const userIds = [...new Set(members.map(({ userId }) => userId))];
  const people = new Map<number, { deletedAt: Date | null }>();
  while (userIds.length > 0) {
    const rows = await view.find(UserEntity, {
      select: { id: true, deletedAt: true },
      where: { id: In(userIds.splice(0, 1000)) },
    });
    for (const { id, deletedAt } of rows) people.set(Number(id), { deletedAt });
  }
  return people;
}

function describeStray({ chatId, userId }: ParticipantEntity): Finding {
  return { kind: 'membership', text: `chat ${chatId}: does not exist, and user ${userId} is a member of it` };
}
