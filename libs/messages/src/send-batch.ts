import { Media, MEDIA_PER_MESSAGE, MediaIdsInvalid } from '@app/media';
import type { UserDirectory } from '@app/users';
import { composeMessage } from './compose-message';
import { Message } from './message';
import type { NewBody, StoredBody } from './message-bodies';
import type { MessageEntity } from './persistence/message.entity';

interface StoredMessage {
  readonly row: MessageEntity;
  readonly body: StoredBody | undefined;
  readonly media: readonly Media[];
}

/** What a batch of sends refers to. */
export interface SendBackground {
  /** Messages that were sent before under one of the batch's `clientId`s, their texts and files. */
  readonly earlier: readonly MessageEntity[];
  readonly bodies: ReadonlyMap<number, StoredBody>;
  readonly earlierMedia: ReadonlyMap<number, readonly Media[]>;
  readonly replyTargets: ReadonlyMap<number, MessageEntity>;
  readonly senders: Awaited<ReturnType<UserDirectory['getNames']>>;
  /** Files that the batch's messages name, by their ids. */
  readonly media: ReadonlyMap<number, Media>;
  /** Bodies that stand ready for these sends. */
  readonly stagedBodyIds: readonly number[];
}

/** The sends of one commit: what was there before, and what they add. A send sees the ones before it in the batch. */
export class SendBatch {
  readonly rows: MessageEntity[] = [];
  readonly newBodies: NewBody[] = [];
  readonly withMedia: { readonly id: number; readonly chatId: number; readonly media: readonly Media[] }[] = [];
  private readonly byClientKey = new Map<string, StoredMessage>();

  constructor(private readonly background: SendBackground) {
    const { earlier, bodies, earlierMedia } = background;
    for (const row of earlier) {
      const body = row.bodyId === null ? undefined : bodies.get(row.bodyId);
      this.remember({ row, body, media: earlierMedia.get(row.id) ?? [] });
    }
  }

  /** The message that the sender gave this `clientId` before. */
  findEarlier(chatId: number, senderId: number, clientId: string | null): StoredMessage | undefined {
    return clientId === null ? undefined : this.byClientKey.get(clientKey(chatId, senderId, clientId));
  }

  findReplyTarget(messageId: number): MessageEntity | undefined {
    return this.background.replyTargets.get(messageId);
  }

  /**
   * What a message brings: the files that its sender names, and those of the sender's own that its text names.
   * @throws MediaIdsInvalid
   */
  requireMedia(
    senderId: number,
    { mediaIds, linkedMediaIds }: { readonly mediaIds: readonly number[]; readonly linkedMediaIds: readonly number[] },
  ): Media[] {
    if (mediaIds.length === 0 && linkedMediaIds.length === 0) return [];
    const named = this.findOwnMedia(senderId, mediaIds);
    if (named.length < mediaIds.length) throw new MediaIdsInvalid(mediaIds, new Set(named.map(({ id }) => id)));
    const linked = this.findOwnMedia(senderId, linkedMediaIds);
    return [...new Set([...named, ...linked])].slice(0, MEDIA_PER_MESSAGE);
  }

  add(row: MessageEntity, body: NewBody, media: readonly Media[]): Message {
    const stored = { row, body, media };
    if (media.length > 0) this.withMedia.push({ id: row.id, chatId: row.chatId, media });
    this.rows.push(row);
    this.newBodies.push(body);
    this.remember(stored);
    return this.compose(stored);
  }

  /** Staged for sends that turned out to be replays, or were refused. */
  listUnusedBodyIds(): number[] {
    if (this.newBodies.length === this.background.stagedBodyIds.length) return [];
    const used = new Set(this.newBodies.map(({ id }) => id));
    return this.background.stagedBodyIds.filter((bodyId) => !used.has(bodyId));
  }

  compose({ row, body, media }: StoredMessage): Message {
    return composeMessage(row, body, this.background.senders.get(row.senderId), media);
  }

  private findOwnMedia(senderId: number, mediaIds: readonly number[]): Media[] {
    const media = mediaIds.flatMap((mediaId) => this.background.media.get(mediaId) ?? []);
    return media.filter(({ uploaderId }) => uploaderId === senderId);
  }

  private remember(stored: StoredMessage): void {
    const { chatId, senderId, clientId } = stored.row;
    if (clientId !== null) this.byClientKey.set(clientKey(chatId, senderId, clientId), stored);
  }
}

function clientKey(chatId: number, senderId: number, clientId: string): string {
  return `${chatId}:${senderId}:${clientId}`;
}
