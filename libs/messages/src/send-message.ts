import { Injectable } from '@nestjs/common';
import { Applied, ChatLog, ChatWrite, ChatWriter, LockedChat } from '@app/chats';
import { Ids } from '@app/database';
import type { Actor } from '@app/platform';
import { UserDirectory } from '@app/users';
import type { EntityManager } from 'typeorm';
import { Message, MessageType } from './message';
import { MessageBodies } from './message-bodies';
import { checkClientId, checkMessageText, checkMessageType, fingerprintOf } from './message-rules';
import { ClientIdReused, ReplyTargetInvalid } from './messages.errors';
import { MessageSent } from './messages.events';
import { MessagesRepository } from './messages.repository';
import { MessageEntity } from './persistence/message.entity';
import { SendBatch } from './send-batch';

/** What someone wants to say. `clientId` makes a retry safe. */
export interface NewMessage {
  readonly chatId: number;
  readonly content: string;
  readonly type?: string;
  readonly clientId?: string | null;
  readonly replyTo?: number | null;
}

export interface SentMessage {
  /** As it is now: a replayed message may have been edited or deleted since. */
  readonly message: Message;
  /** True if the message had been sent before under this `clientId`. */
  readonly isReplay: boolean;
}

interface Sending extends ChatWrite {
  readonly content: string;
  readonly type: MessageType;
  readonly clientId: string | null;
  readonly replyTo: number | null;
  /** Given before the transaction; unused if it turns out to be a replay. */
  messageId: number;
  bodyId: number;
}

/** Sends a message into a chat. When the promise resolves it is on disk, numbered, and on its way to the others. */
@Injectable()
export class SendMessage extends ChatWriter<Sending, SentMessage, SendBatch> {
  constructor(
    private readonly log: ChatLog,
    private readonly ids: Ids,
    private readonly messages: MessagesRepository,
    private readonly bodies: MessageBodies,
    private readonly directory: UserDirectory,
  ) {
    super();
  }

  /**
   * Takes its place in the chat's order at once, before anything is awaited.
   * @throws MessageTooLong, MessageEmpty, MessageTextInvalid, InvalidInput (client_id, message_type),
   *   ChatNotFound, ReplyTargetInvalid, ClientIdReused, ServiceBusy
   */
  async execute(actor: Actor, given: NewMessage): Promise<SentMessage> {
    const { chatId, content, clientId = null, replyTo = null } = given;
    checkMessageText(content);
    checkClientId(clientId);
    const type = checkMessageType(given.type ?? 'text');
    return this.log.commit(this, { actor, chatId, content, type, clientId, replyTo, messageId: NaN, bodyId: NaN });
  }

  override async before(writes: readonly Sending[]): Promise<void> {
    const messageIds = await this.ids.claim('message', writes.length);
    const bodyIds = await this.ids.claim('body', writes.length);
    writes.forEach((write, index) => {
      write.messageId = messageIds[index] ?? NaN;
      write.bodyId = bodyIds[index] ?? NaN;
    });
  }

  async prepare(tx: EntityManager, writes: readonly Sending[]): Promise<SendBatch> {
    const keys = writes.flatMap(({ actor, chatId, clientId }) =>
      clientId === null ? [] : [{ chatId, senderId: actor.userId, clientId }],
    );
    const earlier = await this.messages.findByClientKeys(tx, keys);
    const bodyIds = earlier.flatMap(({ bodyId }) => (bodyId === null ? [] : [bodyId]));
    const targets = writes.flatMap(({ replyTo }) => (replyTo === null ? [] : [replyTo]));
    return new SendBatch(
      earlier,
      await this.bodies.findContents(bodyIds, tx),
      await this.messages.findByIds(targets, tx),
      await this.directory.getNames(writes.map(({ actor }) => actor.userId)),
    );
  }

  apply(write: Sending, chat: LockedChat, batch: SendBatch): Applied<SentMessage> {
    chat.requirePermission('send', write.actor);
    const earlier = batch.findEarlier(write.chatId, write.actor.userId, write.clientId);
    if (earlier) {
      if (earlier.row.fingerprint !== fingerprintOf(write)) throw new ClientIdReused();
      return { result: { message: batch.compose(earlier), isReplay: true } };
    }
    if (write.replyTo !== null && batch.findReplyTarget(write.replyTo)?.chatId !== write.chatId) {
      throw new ReplyTargetInvalid(write.replyTo);
    }
    return this.record(write, chat, batch);
  }

  override async flush(tx: EntityManager, batch: SendBatch): Promise<void> {
    if (batch.rows.length === 0) return;
    await this.bodies.add(tx, batch.newBodies);
    await tx.insert(MessageEntity, batch.rows);
  }

  private record(write: Sending, chat: LockedChat, batch: SendBatch): Applied<SentMessage> {
    const { actor, content, type, clientId, replyTo, messageId: id, bodyId } = write;
    const { ordinal, ...change } = chat.recordMessage();
    const row: MessageEntity = {
      chatId: change.chatId,
      seq: change.seq,
      id,
      ordinal,
      senderId: actor.userId,
      clientId,
      fingerprint: clientId === null ? null : fingerprintOf(write),
      type,
      replyTo,
      bodyId,
      sentAt: change.at,
      editedAt: null,
      deletedAt: null,
    };
    const message = batch.add(row, content);
    return { result: { message, isReplay: false }, events: [MessageSent({ ...change, message })] };
  }
}
