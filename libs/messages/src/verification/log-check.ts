import { ChatEntity, ChatEventEntity } from '@app/chats';
import { Database, readInOrder, Stretch } from '@app/database';
import type { Finding, StoreCheck } from '@app/platform';
import { EntityManager, MoreThan } from 'typeorm';
import { MessageEntity } from '../persistence/message.entity';
import { LogEntry, LogVerdict } from './log-rules';
import { mergeBySeq } from './merge-by-seq';

const CHATS_AT_ONCE = 500;

/** The log of every chat: messages and other changes together, one number each, without gaps. */
export class LogCheck implements StoreCheck {
  readonly subject = 'changes';
  seen = 0;

  constructor(private readonly database: Pick<Database, 'reads'>) {}

  private get reads(): EntityManager {
    return this.database.reads;
  }

  async *findDamage(): AsyncGenerator<Finding> {
    let above = -1;
    while (above < Number.MAX_SAFE_INTEGER) {
      // The chats first, then their logs: see LogVerdict.
      const chats = await this.reads.find(ChatEntity, {
        where: { id: MoreThan(above) },
        order: { id: 'ASC' },
        take: CHATS_AT_ONCE,
      });
      const upTo = chats.length < CHATS_AT_ONCE ? Number.MAX_SAFE_INTEGER : (chats.at(-1)?.id ?? above);
      yield* this.checkLogs(chats, { above, upTo });
      above = upTo;
    }
  }

  private async *checkLogs(chats: readonly ChatEntity[], stretch: Stretch): AsyncGenerator<Finding> {
    const verdicts = new Map(chats.map((chat) => [chat.id, new LogVerdict(chat)]));
    let stray: LogEntry | undefined;
    for await (const entry of this.readLog(stretch)) {
      this.seen++;
      const verdict = verdicts.get(entry.chatId);
      if (!verdict) {
        if (stray && stray.chatId !== entry.chatId) yield* this.checkAgain(stray);
        stray = entry;
        continue;
      }
      verdict.take(entry);
      // Handed on at once: a broken log may be long.
      yield* verdict.findings.splice(0);
    }
    if (stray) yield* this.checkAgain(stray);
    for (const [chatId, verdict] of verdicts) {
      verdict.end();
      yield* verdict.findings;
      if (verdict.beyond > 0) yield* this.checkAgain({ chatId, seq: verdict.beyond });
    }
  }

  private readLog(stretch: Stretch): AsyncGenerator<LogEntry> {
    return mergeBySeq(
      readInOrder(this.reads, MessageEntity, ['chatId', 'seq'], stretch),
      readInOrder(this.reads, ChatEventEntity, ['chatId', 'seq'], stretch),
    );
  }

  /** For rows that are younger than what was known of their chat: the row of the chat must know them by now. */
  private async *checkAgain({ chatId, seq }: LogEntry): AsyncGenerator<Finding> {
    const chat = await this.reads.findOneBy(ChatEntity, { id: chatId });
    if (chat && seq <= chat.lastSeq) return;
    const problem = chat
      ? `there is seq ${seq}, but last_seq is ${chat.lastSeq}`
      : `does not exist, but its seq ${seq} does`;
    yield { kind: 'sequence', text: `chat ${chatId}: ${problem}` };
  }
}
