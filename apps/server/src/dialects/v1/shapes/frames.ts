import { Injectable } from '@nestjs/common';
import { ChatChange, ChatUpdated, ParticipantAdded, ParticipantRemoved, ParticipantUpdated } from '@app/chats';
import { MessageDeleted, MessageEdited, MessageSent, MessagesRead } from '@app/messages';
import type { DomainEvent } from '@app/platform';
import { CameOnline, ChatHint, TypingStarted, TypingStopped, WentOffline } from '@app/realtime';
import type { ChangeFrameWire } from './change-frames.shape';
import { ChatShapes } from './chat.shape';
import { messageToWire } from './message.shape';
import { timeToWire } from './time';

/** Something that is only worth knowing now. Who missed it finds it nowhere. */
type HintFrame =
  | {
      type: 'typing_started' | 'typing_stopped' | 'user_joined' | 'user_left';
      user_id: number;
      chat_id: number;
      timestamp: string;
    }
  | { type: 'read'; chat_id: number; user_id: number; seq: number };

/** What a client of this dialect hears. */
export type Frame = ChangeFrameWire | HintFrame;

/** Shows what has happened as a frame: the same one on every socket and in the changes feed. */
@Injectable()
export class FrameShapes {
  constructor(private readonly shapes: ChatShapes) {}

  /** Throws for events that have no frame: those are not to be delivered. */
  frameOf(event: DomainEvent): Frame {
    const frame = this.findChange(event) ?? findHint(event);
    if (!frame) throw new Error(`there is no frame for the event ${event.name}`);
    return frame;
  }

  changeOf(event: DomainEvent<ChatChange>): ChangeFrameWire {
    const frame = this.findChange(event);
    if (!frame) throw new Error(`the event ${event.name} is no change of a chat`);
    return frame;
  }

  private findChange(event: DomainEvent): ChangeFrameWire | undefined {
    if (MessageSent.is(event)) {
      return { type: 'new_message', ...changeToWire(event.data), message: messageToWire(event.data.message) };
    }
    if (MessageEdited.is(event)) {
      return { type: 'message_edited', ...changeToWire(event.data), message: messageToWire(event.data.message) };
    }
    if (MessageDeleted.is(event)) {
      return { type: 'message_deleted', ...changeToWire(event.data), message: messageToWire(event.data.message) };
    }
    return this.findMembershipChange(event);
  }

  private findMembershipChange(event: DomainEvent): ChangeFrameWire | undefined {
    if (ParticipantAdded.is(event)) {
      const participant = this.shapes.participant(event.data.participant);
      return { type: 'participant_added', ...changeToWire(event.data), participant };
    }
    if (ParticipantUpdated.is(event)) {
      const participant = this.shapes.participant(event.data.participant);
      return { type: 'participant_updated', ...changeToWire(event.data), participant };
    }
    if (ParticipantRemoved.is(event)) {
      return { type: 'participant_removed', ...changeToWire(event.data), user_id: event.data.userId };
    }
    if (ChatUpdated.is(event)) {
      return { type: 'chat_updated', ...changeToWire(event.data), chat: this.shapes.chat(event.data.chat) };
    }
    return undefined;
  }
}

function findHint(event: DomainEvent): HintFrame | undefined {
  if (TypingStarted.is(event)) return { type: 'typing_started', ...hintToWire(event.data) };
  if (TypingStopped.is(event)) return { type: 'typing_stopped', ...hintToWire(event.data) };
  if (CameOnline.is(event)) return { type: 'user_joined', ...hintToWire(event.data) };
  if (WentOffline.is(event)) return { type: 'user_left', ...hintToWire(event.data) };
  if (MessagesRead.is(event)) {
    const { chatId, userId, seq } = event.data;
    return { type: 'read', chat_id: chatId, user_id: userId, seq };
  }
  return undefined;
}

function changeToWire({ chatId, seq, at }: ChatChange): { chat_id: number; seq: number; timestamp: string } {
  return { chat_id: chatId, seq, timestamp: timeToWire(at) };
}

function hintToWire({ chatId, userId, at }: ChatHint): { user_id: number; chat_id: number; timestamp: string } {
  return { user_id: userId, chat_id: chatId, timestamp: timeToWire(at) };
}
