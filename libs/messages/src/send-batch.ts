import type { UserDirectory } from '@app/users';
import { composeMessage } from './compose-message';
import { Message } from './message';
import type { NewBody } from './message-bodies';
import type { MessageEntity } from './persistence/message.entity';

interface StoredMessage {
  readonly row: MessageEntity;
  readonly content: string;
}

/** The sends of one commit: what was there before, and what they add. A send sees the ones before it in the batch. */
export class SendBatch {
  readonly rows: MessageEntity[] = [];
  readonly newBodies: NewBody[] = [];
  private readonly byClientKey = new Map<string, StoredMessage>();

  constructor(
    earlier: readonly MessageEntity[],
    contents: ReadonlyMap<number, string>,
    private readonly replyTargets: ReadonlyMap<number, MessageEntity>,
    private readonly senders: Awaited<ReturnType<UserDirectory['getNames']>>,
  ) {
    for (const row of earlier) {
      this.remember({ row, content: row.bodyId === null ? '' : (contents.get(row.bodyId) ?? '') });
    }
  }

  /** The message that the sender gave this `clientId` before. */
  findEarlier(chatId: number, senderId: number, clientId: string | null): StoredMessage | undefined {
    return clientId === null ? undefined : this.byClientKey.get(clientKey(chatId, senderId, clientId));
  }

  findReplyTarget(messageId: number): MessageEntity | undefined {
    return this.replyTargets.get(messageId);
  }

  add(row: MessageEntity, content: string): Message {
    const stored = { row, content };
    this.rows.push(row);
    if (row.bodyId !== null) this.newBodies.push({ id: row.bodyId, content });
    this.remember(stored);
    return this.compose(stored);
  }

  compose({ row, content }: StoredMessage): Message {
    return composeMessage(row, content, this.senders.get(row.senderId)?.username ?? '');
  }

  private remember(stored: StoredMessage): void {
    const { chatId, senderId, clientId } = stored.row;
    if (clientId !== null) this.byClientKey.set(clientKey(chatId, senderId, clientId), stored);
  }
}

function clientKey(chatId: number, senderId: number, clientId: string): string {
  return `${chatId}:${senderId}:${clientId}`;
}
