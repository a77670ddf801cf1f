import { ParticipantEntity } from '@app/chats';
import { Database, readInOrder } from '@app/database';
import type { Finding, StoreCheck } from '@app/platform';
import { EntityManager, MoreThan } from 'typeorm';
import type { MessagesRepository } from '../messages.repository';
import { MessageEntity } from '../persistence/message.entity';

const MEMBERS_AT_ONCE = 100;

type Position = Pick<ParticipantEntity, 'chatId' | 'userId' | 'readSeq'>;

interface CheckedPage {
  readonly findings: Finding[];
  /** Where the next page goes on; undefined after the last one. */
  readonly last: Position | undefined;
}

/** The unread count that the API gives, against one made by going through the messages. Each page is one snapshot. */
export class UnreadCheck implements StoreCheck {
  readonly subject = 'read positions';
  seen = 0;

  constructor(
    private readonly database: Pick<Database, 'snapshot'>,
    private readonly messages: MessagesRepository,
  ) {}

  async *findDamage(): AsyncGenerator<Finding> {
    let after: Position | undefined = { chatId: 0, userId: 0, readSeq: 0 };
    while (after) {
      const page = await this.checkNext(after);
      yield* page.findings;
      after = page.last;
    }
  }

  private checkNext({ chatId, userId }: Position): Promise<CheckedPage> {
    return this.database.snapshot((view) => this.checkPage(view, chatId, userId));
  }

  private async checkPage(view: EntityManager, chatId: number, userId: number): Promise<CheckedPage> {
    const positions = await findNext(view, chatId, userId);
    this.seen += positions.length;
    const given = await this.countAsApi(view, positions);
    const findings: Finding[] = [];
    for (const [ofChatId, members] of Map.groupBy(positions, (position) => position.chatId)) {
      const counted = await countByReading(view, ofChatId, members);
      for (const member of members) {
        const [api, real] = [given.get(keyOf(member)) ?? 0, counted.get(member.userId) ?? 0];
        if (api !== real) findings.push(damage(member, `${api} unread by the API's count, ${real} by going through`));
      }
    }
    return { findings, last: positions.length < MEMBERS_AT_ONCE ? undefined : positions.at(-1) };
  }

  private async countAsApi(view: EntityManager, positions: readonly Position[]): Promise<Map<string, number>> {
    const given = new Map<string, number>();
    for (const [userId, own] of Map.groupBy(positions, (position) => position.userId)) {
      const chatIds = own.map(({ chatId }) => chatId);
      const counts = await this.messages.countUnread(userId, chatIds, view);
      for (const [chatId, count] of counts) given.set(keyOf({ chatId, userId }), count);
    }
    return given;
  }
}

async function findNext(view: EntityManager, chatId: number, userId: number): Promise<ParticipantEntity[]> {
  const order = { chatId: 'ASC', userId: 'ASC' } as const;
  const find = (where: object, take: number) => view.find(ParticipantEntity, { where, order, take });
  const page = await find({ chatId, userId: MoreThan(userId) }, MEMBERS_AT_ONCE);
  if (page.length === MEMBERS_AT_ONCE) return page;
  return [...page, ...(await find({ chatId: MoreThan(chatId) }, MEMBERS_AT_ONCE - page.length))];
}

async function countByReading(
  view: EntityManager,
  chatId: number,
  members: readonly Position[],
): Promise<Map<number, number>> {
  const counts = new Map<number, number>();
  const stretch = { above: chatId - 1, upTo: chatId };
  for await (const { seq, senderId, deletedAt } of readInOrder(view, MessageEntity, ['chatId', 'seq'], stretch)) {
    if (deletedAt !== null) continue;
    for (const { userId, readSeq } of members) {
      if (seq > readSeq && senderId !== userId) counts.set(userId, (counts.get(userId) ?? 0) + 1);
    }
  }
  return counts;
}

function keyOf({ chatId, userId }: Omit<Position, 'readSeq'>): string {
  return `${chatId}:${userId}`;
}

function damage({ chatId, userId }: Position, problem: string): Finding {
  return { kind: 'unread', text: `chat ${chatId}, member ${userId}: ${problem}` };
}
