import { Injectable } from '@nestjs/common';
import { Database, Ids } from '@app/database';
import { Actor, Clock, EventBus, FieldError, foldForComparison, InvalidInput } from '@app/platform';
import { findEmailError, InvalidToken, UserDirectory } from '@app/users';
import type { EntityManager } from 'typeorm';
import { GROUP_MAX_MEMBERS } from '../chat';
import { ChatFull } from '../chats.errors';
import { ChatCreated } from '../chats.events';
import { checkGroupDescription } from '../group-description';
import { checkGroupName } from '../group-name';
import { insertChat } from '../new-chat';
import { AcceptInvitations } from './accept-invitations';
import { GetGroupDetails, GroupDetails } from './group-details';
import { InvitationsRepository } from './invitations.repository';

/** A client that gets this much wrong is not helped by more. */
const MAX_REPORTED_EMAILS = 20;
/** Longer lists are not even looked through: they can't fit, however often someone is in them. */
const MAX_NAMED = 10 * GROUP_MAX_MEMBERS;

export interface GroupWish {
  readonly name: string;
  readonly description?: string | null;
  /** Whom it is for, with an account or without. Naming oneself or someone twice does no harm. */
  readonly emails: readonly string[];
}

/** Makes a group of the actor, who becomes its admin, and the owners of some addresses; who has none yet is invited. */
@Injectable()
export class CreateGroupByEmail {
  constructor(
    private readonly database: Database,
    private readonly ids: Ids,
    private readonly directory: UserDirectory,
    private readonly invitations: InvitationsRepository,
    private readonly acceptInvitations: AcceptInvitations,
    private readonly details: GetGroupDetails,
    private readonly clock: Clock,
    private readonly events: EventBus,
  ) {}

  /**
   * Takes the same way for addresses with and without an account.
   * @throws InvalidInput (name, description, members.N), ChatFull for more than 100 members and invitations, InvalidToken
   */
  async execute(actor: Actor, wish: GroupWish): Promise<GroupDetails> {
    const name = checkGroupName(wish.name);
    const description = checkGroupDescription(wish.description);
    if (wish.emails.length > MAX_NAMED) throw new ChatFull(wish.emails.length);
    const emails = foldEmails(wish.emails);
    const [id = NaN] = await this.ids.claim('chat', 1);
    const { chat, otherIds, invited } = await this.database.transaction(async (tx) => {
      const people = await this.findPeople(tx, actor, emails);
      const given = { id, type: 'group' as const, name, description, now: this.clock.now() };
      const row = await insertChat(tx, given, actor.userId, people.otherIds);
      await this.invitations.insert(tx, id, people.invited);
      return { chat: row, ...people };
    });
    const memberIds = [actor.userId, ...otherIds];
    this.events.publish(ChatCreated({ chatId: id, makerId: actor.userId, memberIds }));
    await this.acceptThoseWhoCame(invited);
    return this.details.compose(chat);
  }

  private async findPeople(tx: EntityManager, { userId }: Actor, emails: ReadonlySet<string>) {
    if (!(await this.directory.findActiveIds([userId], tx)).has(userId)) throw new InvalidToken();
    const owners = await this.directory.findIdsByEmail([...emails], tx);
    const otherIds = [...owners.values()].filter((ownerId) => ownerId !== userId);
    const invited = [...emails].filter((email) => !owners.has(email));
    const size = 1 + otherIds.length + invited.length;
    if (size > GROUP_MAX_MEMBERS) throw new ChatFull(size);
    return { otherIds, invited };
  }

  /** Who signed up while the group was made did not find the invitation, nor we the account. */
  private async acceptThoseWhoCame(invited: readonly string[]): Promise<void> {
    const owners = await this.directory.findIdsByEmail(invited);
    for (const [email, userId] of owners) await this.acceptInvitations.execute(userId, email);
  }
}

/** @throws InvalidInput with the places of those that are no addresses */
function foldEmails(emails: readonly string[]): ReadonlySet<string> {
  const errors: FieldError[] = [];
  for (const [index, email] of emails.entries()) {
    const error = findEmailError(email, `members.${index}`);
    if (error) errors.push(error);
    if (errors.length === MAX_REPORTED_EMAILS) break;
  }
  if (errors.length > 0) throw new InvalidInput(errors);
  return new Set(emails.map(foldForComparison));
}
