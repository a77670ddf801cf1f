import { Injectable } from '@nestjs/common';
import {
  ChatChange,
  ChatEntity,
  ChatEventEntity,
  ChatUpdated,
  ChatViews,
  composeParticipant,
  ParticipantAdded,
  ParticipantRemoved,
  ParticipantUpdated,
} from '@app/chats';
import type { DomainEvent } from '@app/platform';
import { UserDirectory } from '@app/users';
import type { EntityManager } from 'typeorm';
import type { Message } from './message';
import { MessageViews } from './message-views';
import { MessageDeleted, MessageEdited, MessageSent } from './messages.events';
import { MessagesRepository } from './messages.repository';
import { MessageEntity } from './persistence/message.entity';

type Row = MessageEntity | ChatEventEntity;

const ABOUT_MESSAGES: readonly string[] = [MessageEdited.eventName, MessageDeleted.eventName];

/**
 * Makes stored changes into the events that they were. New messages are shown as they are now, edits with the text that
 * they brought; what a message said is nowhere to be found once it is deleted. People have their current names.
 */
@Injectable()
export class ChangeComposer {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly messageViews: MessageViews,
    private readonly chatViews: ChatViews,
    private readonly directory: UserDirectory,
  ) {}

  async compose(
    chat: ChatEntity,
    rows: readonly Row[],
    view: EntityManager,
  ): Promise<DomainEvent<ChatChange>[]> {
    const messages = await this.composeMessages(rows, view);
    const events = rows.filter((row) => row instanceof ChatEventEntity);
    const people = events.filter(({ kind }) => !ABOUT_MESSAGES.includes(kind)).map(({ subjectId }) => subjectId);
    const names = await this.directory.getNames(people);
    const needsChat = events.some(({ kind }) => kind === ChatUpdated.eventName);
    const [composedChat] = needsChat ? await this.chatViews.compose([chat], view) : [];

    return rows.map((row) => {
      const at = row instanceof MessageEntity ? row.sentAt : row.at;
      const change: ChatChange = { chatId: row.chatId, seq: row.seq, at };
      const message = messages.get(row);
      if (row instanceof MessageEntity) return MessageSent({ ...change, message: present(message, row) });
      const details = JSON.parse(row.details) as Record<string, unknown>;
      switch (row.kind) {
        case MessageEdited.eventName:
          return MessageEdited({ ...change, message: present(message, row) });
        case MessageDeleted.eventName:
          return MessageDeleted({ ...change, message: present(message, row) });
        case ParticipantRemoved.eventName:
          return ParticipantRemoved({ ...change, userId: row.subjectId });
        case ParticipantAdded.eventName:
        case ParticipantUpdated.eventName: {
          const member = {
            userId: row.subjectId,
            joinedAt: new Date(details['joinedAt'] as string),
            isAdmin: details['isAdmin'] === true,
          };
          const event = row.kind === ParticipantAdded.eventName ? ParticipantAdded : ParticipantUpdated;
          return event({ ...change, participant: composeParticipant(member, names) });
        }
        case ChatUpdated.eventName: {
          const name = details['name'] as string | null;
          const updated = { ...present(composedChat, row), name, updatedAt: row.at, lastSeq: row.seq };
          return ChatUpdated({ ...change, chat: updated });
        }
        default:
          throw new Error(`chat ${row.chatId} has a change ${row.seq} of unknown kind ${row.kind}`);
      }
    });
  }

  /** The message that each row is about, in the state that the row's frame shows. */
  private async composeMessages(rows: readonly Row[], view: EntityManager): Promise<Map<Row, Message>> {
    const revisions = rows.filter((row) => row instanceof ChatEventEntity && ABOUT_MESSAGES.includes(row.kind));
    const revised = await this.messages.findByIds(
      (revisions as ChatEventEntity[]).map(({ subjectId }) => subjectId),
      view,
    );
    const shown = rows.flatMap((row): [Row, MessageEntity][] => {
      if (row instanceof MessageEntity) return [[row, row]];
      const current = ABOUT_MESSAGES.includes(row.kind) ? revised.get(row.subjectId) : undefined;
      return current ? [[row, asOf(row, current)]] : [];
    });
    const messages = await this.messageViews.compose(shown.map(([, message]) => message), view);
    return new Map(messages.map((message, index) => [present(shown[index], message)[0], message]));
  }
}

/** The message as an edit left it; a deletion since then has taken that text too. */
function asOf(event: ChatEventEntity, current: MessageEntity): MessageEntity {
  if (current.deletedAt !== null || event.kind !== MessageEdited.eventName) return current;
  const { bodyId } = JSON.parse(event.details) as { bodyId: number };
  return { ...current, bodyId, editedAt: event.at };
}

function present<Value>(value: Value | undefined, about: { seq: number; chatId: number }): Value {
  if (value === undefined) throw new Error(`chat ${about.chatId} has a change ${about.seq} about something that is not there`);
  return value;
}
