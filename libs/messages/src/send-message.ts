import { Injectable } from '@nestjs/common';
import { Applied, ChatLog, ChatWrite, ChatWriter, LockedChat } from '@app/chats';
import { Ids } from '@app/database';
import { checkMediaIds, MediaAttachments } from '@app/media';
import type { Actor } from '@app/platform';
import { UserDirectory } from '@app/users';
import type { EntityManager } from 'typeorm';
import { Message, MessageType } from './message';
import { LostBodies } from './lost-bodies';
import { bodyFrom, MessageBodies, NewBody } from './message-bodies';
import { checkClientId, checkMessageText, checkMessageType, fingerprintOf, renderExtras } from './message-rules';
import { ClientIdReused, ReplyTargetInvalid } from './messages.errors';
import { MessageSent } from './messages.events';
import { MessagesRepository } from './messages.repository';
import { MessageEntity } from './persistence/message.entity';
import { SendBatch } from './send-batch';

/** What someone wants to say. `clientId` makes a retry safe. */
export interface NewMessage {
  readonly chatId: number;
  readonly content: string;
  /** What else it carries, if its client sends objects: JSON, kept and given back as it is. */
  readonly extras?: object;
  readonly type?: string;
  readonly clientId?: string | null;
  readonly replyTo?: number | null;
  /** Files of the sender's own that it brings, in this order. */
  readonly mediaIds?: readonly number[];
  /** Files that its text names. Those that are the sender's own come with it, as if they were in `mediaIds`. */
  readonly linkedMediaIds?: readonly number[];
  /** Names the connection that it came by; given back with the event and kept nowhere. */
  readonly origin?: string;
}

export interface SentMessage {
  /** As it is now: a replayed message may have been edited or deleted since. */
  readonly message: Message;
  /** True if the message had been sent before under this `clientId`. */
  readonly isReplay: boolean;
}

interface Sending extends ChatWrite {
  readonly content: string;
  readonly extras: string | undefined;
  readonly type: MessageType;
  readonly clientId: string | null;
  readonly replyTo: number | null;
  readonly mediaIds: readonly number[];
  readonly linkedMediaIds: readonly number[];
  readonly origin: string | undefined;
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
    private readonly lostBodies: LostBodies,
    private readonly attachments: MediaAttachments,
  ) {
    super();
  }

  /**
   * Takes its place in the chat's order at once, before anything is awaited.
   * @throws MessageTooLong, MessageEmpty, MessageTextInvalid, MessageExtrasTooLarge, InvalidInput (client_id, message_type),
   *   TooManyMedia, ChatNotFound, ReplyTargetInvalid, MediaIdsInvalid, ClientIdReused, MessageBodyMissing (of a replay),
   *   ServiceBusy, StoreUnavailable
   */
  async execute(actor: Actor, given: NewMessage): Promise<SentMessage> {
    const { chatId, content, clientId = null, replyTo = null, mediaIds = [], linkedMediaIds = [], origin } = given;
    checkMediaIds(mediaIds);
    checkMessageText(content, { mayBeBlank: mediaIds.length > 0 });
    checkClientId(clientId);
    const type = checkMessageType(given.type ?? 'text');
    const extras = given.extras && renderExtras(given.extras);
    const said = { content, extras, type, replyTo, mediaIds, linkedMediaIds };
    return this.log.commit(this, { actor, chatId, clientId, origin, messageId: NaN, bodyId: NaN, ...said });
  }

  override async before(writes: readonly Sending[]): Promise<void> {
    const messageIds = await this.ids.claim('message', writes.length);
    const bodyIds = await this.ids.claim('body', writes.length);
    writes.forEach((write, index) => {
      write.messageId = messageIds[index] ?? NaN;
      write.bodyId = bodyIds[index] ?? NaN;
    });
    await this.bodies.stage(writes.map(bodyOf));
  }

  async prepare(tx: EntityManager, writes: readonly Sending[]): Promise<SendBatch> {
    const keys = writes.flatMap(({ actor, chatId, clientId }) =>
      clientId === null ? [] : [{ chatId, senderId: actor.userId, clientId }],
    );
    const earlier = await this.messages.findByClientKeys(tx, keys);
    const bodyIds = earlier.flatMap(({ bodyId }) => (bodyId === null ? [] : [bodyId]));
    const targets = writes.flatMap(({ replyTo }) => (replyTo === null ? [] : [replyTo]));
    const earlierWithMedia = earlier.filter(({ mediaCount }) => mediaCount > 0).map(({ id }) => id);
    const mediaIds = writes.flatMap((write) => [...write.mediaIds, ...write.linkedMediaIds]);
    return new SendBatch({
      earlier,
      bodies: await this.bodies.findBodies(bodyIds, tx),
      earlierMedia: await this.attachments.findOfMessages(earlierWithMedia, tx),
      replyTargets: await this.messages.findByIds(targets, tx),
      senders: await this.directory.getNames(writes.map(({ actor }) => actor.userId)),
      media: await this.attachments.hold(tx, mediaIds),
      stagedBodyIds: writes.map(({ bodyId }) => bodyId),
    });
  }

  apply(write: Sending, chat: LockedChat, batch: SendBatch): Applied<SentMessage> {
    chat.requirePermission('send', write.actor);
    const earlier = batch.findEarlier(write.chatId, write.actor.userId, write.clientId);
    if (earlier) {
      if (earlier.row.fingerprint !== fingerprintOf(write)) throw new ClientIdReused();
      const message = batch.compose(earlier);
      if (message.isTextLost) throw this.lostBodies.raise(earlier.row);
      return { result: { message, isReplay: true } };
    }
    if (write.replyTo !== null && batch.findReplyTarget(write.replyTo)?.chatId !== write.chatId) {
      throw new ReplyTargetInvalid(write.replyTo);
    }
    return this.record(write, chat, batch);
  }

  override async flush(tx: EntityManager, batch: SendBatch): Promise<void> {
    this.bodies.discard(tx, batch.listUnusedBodyIds());
    if (batch.rows.length === 0) return;
    await this.bodies.add(tx, batch.newBodies);
    await this.messages.insert(tx, batch.rows);
    await this.attachments.attach(tx, batch.withMedia);
  }

  override async wasStored(tx: EntityManager, { rows: [row] }: SendBatch): Promise<boolean | undefined> {
    return row && tx.existsBy(MessageEntity, { id: row.id });
  }

  private record(write: Sending, chat: LockedChat, batch: SendBatch): Applied<SentMessage> {
    const { actor, type, clientId, replyTo, origin, messageId: id, bodyId } = write;
    const media = batch.requireMedia(write.actor.userId, write);
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
      mediaCount: media.length,
      sentAt: change.at,
      editedAt: null,
      deletedAt: null,
    };
    const message = batch.add(row, bodyOf(write), media);
    return {
      result: { message, isReplay: false },
      events: [MessageSent({ ...change, message, ...(origin && { origin }) })],
    };
  }
}

function bodyOf({ bodyId, messageId, content, extras }: Sending): NewBody {
  return { id: bodyId, messageId, ...bodyFrom(content, extras) };
}
