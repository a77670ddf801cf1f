import { Injectable } from '@nestjs/common';
import { Applied, ChatLog, ChatNotFound, ChatWrite, ChatWriter, LockedChat } from '@app/chats';
import { Ids } from '@app/database';
import { MediaAttachments } from '@app/media';
import type { Actor } from '@app/platform';
import { UserDirectory } from '@app/users';
import type { EntityManager } from 'typeorm';
import type { Message } from './message';
import { MessageBodies, NewBody } from './message-bodies';
import { checkNotBlank } from './message-rules';
import { MessageIsDeleted, MessageNotFound, NotSender } from './messages.errors';
import { MessageDeleted, MessageEdited } from './messages.events';
import { MessagesRepository } from './messages.repository';
import { RevisionBatch } from './revision-batch';

/** Names a message; with `chatId` only if it is in that chat. */
export interface MessageRef {
  readonly messageId: number;
  readonly chatId?: number;
}

interface Revising extends ChatWrite {
  readonly messageId: number;
  /** The text to come, or null to delete the message. */
  readonly content: string | null;
  /** Where the text of an edit stands ready; given before the transaction. */
  stagedBodyId: number | null;
}

/**
 * Changes messages that are there: edits and deletions, which must see each other when they share a commit.
 * An edit points to a new body and keeps the old one as a revision; a deletion leaves a tombstone and removes all bodies.
 */
@Injectable()
export class MessageRevising extends ChatWriter<Revising, Message, RevisionBatch> {
  constructor(
    private readonly log: ChatLog,
    private readonly ids: Ids,
    readonly messages: MessagesRepository,
    readonly bodies: MessageBodies,
    readonly directory: UserDirectory,
    readonly attachments: MediaAttachments,
  ) {
    super();
  }

  /**
   * @param content the text to come, or null to delete the message
   * @throws MessageNotFound, NotSender, NotChatAdmin, MessageIsDeleted, MessageEmpty
   */
  async revise(actor: Actor, { messageId, chatId }: MessageRef, content: string | null): Promise<Message> {
    const located = await this.messages.findById(messageId);
    if (!located || (chatId !== undefined && located.chatId !== chatId)) throw new MessageNotFound();
    try {
      return await this.log.commit(this, { actor, chatId: located.chatId, messageId, content, stagedBodyId: null });
    } catch (error) {
      // To a stranger, a message of a chat that is not theirs is no message.
      throw error instanceof ChatNotFound ? new MessageNotFound() : error;
    }
  }

  override async before(writes: readonly Revising[]): Promise<void> {
    const edits = writes.filter(({ content }) => content !== null);
    const bodyIds = await this.ids.claim('body', edits.length);
    edits.forEach((write, index) => (write.stagedBodyId = bodyIds[index] ?? null));
    await this.bodies.stage(edits.flatMap(bodyOf));
  }

  prepare(tx: EntityManager, writes: readonly Revising[]): Promise<RevisionBatch> {
    return RevisionBatch.load(tx, writes, this);
  }

  apply(write: Revising, chat: LockedChat, batch: RevisionBatch): Applied<Message> {
    const draft = batch.get(write.messageId);
    const isSender = draft.row.senderId === write.actor.userId;
    const [body] = bodyOf(write);
    if (!body) {
      chat.requirePermission(isSender ? 'revise own message' : 'delete message of others', write.actor);
      return this.delete(chat, batch, write.messageId);
    }
    chat.requirePermission('revise own message', write.actor);
    if (!isSender) throw new NotSender();
    if (draft.row.deletedAt !== null) throw new MessageIsDeleted();
    if (draft.media.length === 0) checkNotBlank(body.content);
    return this.edit(chat, batch, body);
  }

  override flush(tx: EntityManager, batch: RevisionBatch): Promise<void> {
    return batch.store(tx, this);
  }

  override release(tx: EntityManager, batch: RevisionBatch): Promise<void> {
    return batch.releaseMedia(tx, this);
  }

  /** The same text again is what a retry sends: it changes nothing. */
  private edit(chat: LockedChat, batch: RevisionBatch, body: NewBody): Applied<Message> {
    const { messageId } = body;
    if (batch.get(messageId).body?.content === body.content) return { result: batch.compose(messageId) };
    const change = chat.recordEvent(MessageEdited.eventName, messageId, { bodyId: body.id });
    batch.edit(body, change.at);
    const message = batch.compose(messageId);
    return { result: message, events: [MessageEdited({ ...change, message })] };
  }

  private delete(chat: LockedChat, batch: RevisionBatch, messageId: number): Applied<Message> {
    if (batch.get(messageId).row.deletedAt !== null) return { result: batch.compose(messageId) };
    const change = chat.recordEvent(MessageDeleted.eventName, messageId);
    batch.delete(messageId, change.at);
    const message = batch.compose(messageId);
    return { result: message, events: [MessageDeleted({ ...change, message })] };
  }
}

/** The body of an edit; none if it is a deletion. */
function bodyOf({ stagedBodyId: id, messageId, content }: Revising): NewBody[] {
  return id === null || content === null ? [] : [{ id, messageId, content }];
}
