import { Injectable, Type } from '@nestjs/common';
import { DeleteMessage, EditMessage, MarkRead, Message, SendMessage } from '@app/messages';
import { Actor, Clock, Config, InvalidInput, Limit } from '@app/platform';
import { Typing } from '@app/realtime';
import { MediaUrls } from '../shapes/media.shape';
import { messageToWire } from '../shapes/message.shape';
import { DeleteFrame, EditFrame, MessageFrame, PingFrame, ReadFrame, TypingFrame } from './frames.dto';
import type { V1Connection } from './v1-connection';

/** What a frame is answered with, beside `type`, `ok` and `ref`. */
export type AnswerFields = Readonly<Record<string, unknown>>;

/** How one type of frame is carried out. */
export interface FrameHandler<Frame extends object> {
  readonly frame: Type<Frame>;
  readonly limit: Limit;
  /** True if `run` has taken its place in the chat's order when it returns; else the next frame waits for its end. */
  readonly isOrderedAtOnce: boolean;
  readonly answer: 'ack' | 'pong' | 'none';
  run(connection: V1Connection, chatId: number | undefined, frame: Frame): Promise<AnswerFields>;
}

/** The frames of the v1 dialect and the use cases that they stand for: one set for both transports. */
@Injectable()
export class V1Handlers {
  private readonly handlers: ReadonlyMap<string, FrameHandler<object>>;

  constructor(
    private readonly config: Config,
    private readonly sendMessage: SendMessage,
    private readonly editMessage: EditMessage,
    private readonly deleteMessage: DeleteMessage,
    private readonly markRead: MarkRead,
    private readonly typing: Typing,
    private readonly clock: Clock,
    private readonly urls: MediaUrls,
  ) {
    this.handlers = new Map<string, FrameHandler<object>>(
      Object.entries({ ...this.messageHandlers(), ...this.signalHandlers() }) as [string, FrameHandler<object>][],
    );
  }

  get types(): readonly string[] {
    return [...this.handlers.keys()];
  }

  find(type: string): FrameHandler<object> | undefined {
    return this.handlers.get(type);
  }

  private messageHandlers() {
    const { messages: limit } = this.config.limits;
    return {
      message: define({
        frame: MessageFrame,
        limit,
        isOrderedAtOnce: true,
        answer: 'ack',
        run: async ({ actor }, chatId, frame) => {
          const given = { chatId: requireChatId(chatId), ...sendingOf(frame) };
          return this.answerWith(actor, (await this.sendMessage.execute(actor, given)).message);
        },
      }),
      edit: define({
        frame: EditFrame,
        limit,
        isOrderedAtOnce: false,
        answer: 'ack',
        run: async ({ actor }, chatId, { message_id: messageId, content }) =>
          this.answerWith(actor, await this.editMessage.execute(actor, { messageId, chatId }, content)),
      }),
      delete: define({
        frame: DeleteFrame,
        limit,
        isOrderedAtOnce: false,
        answer: 'ack',
        run: async ({ actor }, chatId, { message_id: messageId }) =>
          this.answerWith(actor, await this.deleteMessage.execute(actor, { messageId, chatId })),
      }),
    };
  }

  private answerWith(actor: Actor, message: Message): AnswerFields {
    const { clientId } = message;
    const shown = messageToWire(message, this.urls.signedFor(actor));
    return { ...(clientId === null ? {} : { client_id: clientId }), message: shown };
  }

  private signalHandlers() {
    const { requests: limit } = this.config.limits;
    return {
      read: define({
        frame: ReadFrame,
        limit,
        isOrderedAtOnce: true,
        answer: 'ack',
        run: async ({ actor }, chatId, { seq }) => {
          const position = await this.markRead.execute(actor, requireChatId(chatId), seq);
          return { chat_id: position.chatId, seq: position.seq, unread_count: position.unreadCount };
        },
      }),
      typing: define({
        frame: TypingFrame,
        limit,
        isOrderedAtOnce: true,
        answer: 'none',
        run: async (connection, chatId, { content }) => {
          this.typing[content](connection, requireChatId(chatId));
          return {};
        },
      }),
      ping: define({
        frame: PingFrame,
        limit,
        isOrderedAtOnce: true,
        answer: 'pong',
        run: async (_connection, chatId) => ({ chat_id: chatId ?? null, timestamp: this.clock.now().toISOString() }),
      }),
    };
  }
}

/** Lets each handler know the type of its own frames. */
function define<Frame extends object>(handler: FrameHandler<Frame>): FrameHandler<Frame> {
  return handler;
}

function requireChatId(chatId: number | undefined): number {
  if (chatId === undefined) throw InvalidInput.field('chat_id', 'required', 'chat_id: is required.');
  return chatId;
}

function sendingOf(frame: MessageFrame) {
  const { content, message_type: type, client_id: clientId, reply_to: replyTo, media_ids: mediaIds } = frame;
  return { content, type, clientId, replyTo, mediaIds: mediaIds ?? [] };
}
