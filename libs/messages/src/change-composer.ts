import { Injectable } from '@nestjs/common';
import {
  Chat,
  ChatChange,
  ChatEntity,
  ChatEventEntity,
  ChatUpdated,
  ChatViews,
  composeParticipant,
  Participant,
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
import type { MessageEntity } from './persistence/message.entity';

/** What holds changes: new messages are their own rows, all else is an event. */
export type ChangeRow = MessageEntity | ChatEventEntity;

/** What the rows of a slice refer to. */
interface Background {
  readonly messages: ReadonlyMap<ChangeRow, Message>;
  readonly names: Awaited<ReturnType<UserDirectory['getNames']>>;
  readonly chat: Chat | undefined;
}

/** How each kind of event is told again. */
const RETELL: Readonly<Record<string, (row: ChatEventEntity, background: Background) => DomainEvent<ChatChange>>> = {
  [MessageEdited.eventName]: (row, { messages }) =>
    MessageEdited({ ...changeOf(row), message: present(messages.get(row), row) }),
  [MessageDeleted.eventName]: (row, { messages }) =>
    MessageDeleted({ ...changeOf(row), message: present(messages.get(row), row) }),
  [ParticipantAdded.eventName]: (row, background) =>
    ParticipantAdded({ ...changeOf(row), participant: participantOf(row, background) }),
  [ParticipantUpdated.eventName]: (row, background) =>
    ParticipantUpdated({ ...changeOf(row), participant: participantOf(row, background) }),
  [ParticipantRemoved.eventName]: (row) => ParticipantRemoved({ ...changeOf(row), userId: row.subjectId }),
  [ChatUpdated.eventName]: (row, { chat }) => {
    const { name } = JSON.parse(row.details) as { name: string | null };
    return ChatUpdated({
      ...changeOf(row),
      chat: { ...present(chat, row), name, updatedAt: row.at, lastSeq: row.seq },
    });
  },
};

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

  async compose(chat: ChatEntity, rows: readonly ChangeRow[], view: EntityManager): Promise<DomainEvent<ChatChange>[]> {
    const events = rows.filter(isEvent);
    const people = events.filter((row) => !isAboutMessage(row)).map(({ subjectId }) => subjectId);
    const needsChat = events.some(({ kind }) => kind === ChatUpdated.eventName);
    const background: Background = {
      messages: await this.composeMessages(rows, view),
      names: await this.directory.getNames(people),
      chat: needsChat ? (await this.chatViews.compose([chat], view))[0] : undefined,
    };
    return rows.map((row) => retell(row, background));
  }

  /** The message that each row is about, in the state that the row tells of. */
  private async composeMessages(rows: readonly ChangeRow[], view: EntityManager): Promise<Map<ChangeRow, Message>> {
    const revisions = rows.filter(isEvent).filter(isAboutMessage);
    const current = await this.messages.findByIds(
      revisions.map(({ subjectId }) => subjectId),
      view,
    );
    const about = rows.filter((row) => !isEvent(row) || isAboutMessage(row));
    const states = about.map((row) => (isEvent(row) ? asOf(row, present(current.get(row.subjectId), row)) : row));
    const messages = await this.messageViews.compose(states, view);
    return new Map(about.map((row, index) => [row, present(messages[index], row)]));
  }
}

function retell(row: ChangeRow, background: Background): DomainEvent<ChatChange> {
  if (isEvent(row)) return present(RETELL[row.kind], row)(row, background);
  const { chatId, seq, sentAt: at } = row;
  return MessageSent({ chatId, seq, at, message: present(background.messages.get(row), row) });
}

/** Rows are plain: what they have tells what they are. */
function isEvent(row: ChangeRow): row is ChatEventEntity {
  return 'kind' in row;
}

function isAboutMessage({ kind }: ChatEventEntity): boolean {
  return kind === MessageEdited.eventName || kind === MessageDeleted.eventName;
}

/** The message as an edit left it; a deletion since then has taken that text too. */
function asOf(event: ChatEventEntity, current: MessageEntity): MessageEntity {
  if (current.deletedAt !== null || event.kind !== MessageEdited.eventName) return current;
  const { bodyId } = JSON.parse(event.details) as { bodyId: number };
  return { ...current, bodyId, editedAt: event.at };
}

function participantOf(row: ChatEventEntity, { names }: Background): Participant {
  const { joinedAt, isAdmin } = JSON.parse(row.details) as { joinedAt: string; isAdmin: boolean };
  return composeParticipant({ userId: row.subjectId, joinedAt: new Date(joinedAt), isAdmin }, names);
}

function changeOf({ chatId, seq, at }: ChatEventEntity): ChatChange {
  return { chatId, seq, at };
}

function present<Value>(value: Value | undefined, about: { chatId: number; seq: number }): Value {
  if (value !== undefined) return value;
  throw new Error(`chat ${about.chatId} has a change ${about.seq} about something that is not there`);
}
