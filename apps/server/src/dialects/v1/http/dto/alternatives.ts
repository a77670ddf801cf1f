import type { HistoryCursor } from '@app/messages';
import { InvalidInput } from '@app/platform';
import type { AddParticipantsDto, RemoveParticipantDto } from './chats.dto';
import type { LoginDto } from './login.dto';
import type { SendMessageDto } from './messages.dto';
import type { HistoryQuery } from './queries.dto';

/** Fields of which one stands for another: what was meant, or a refusal that names them. */

/** @throws InvalidInput unless exactly one of `username` and `email` is given */
export function loginNameOf({ username, email }: LoginDto): string {
  const given = [username, email].filter((name) => typeof name === 'string');
  const [login] = given;
  if (login === undefined || given.length > 1) {
    throw InvalidInput.field('username', 'not_exactly_one', 'username: give either username or email.');
  }
  return login;
}

/** @throws InvalidInput unless exactly one of `user_ids` and `user_id` is given, and names somebody */
export function peopleOf(body: AddParticipantsDto): readonly number[] {
  const userIds = body.user_ids ?? undefined;
  const userId = body.user_id ?? undefined;
  if ((userIds === undefined) === (userId === undefined)) {
    throw InvalidInput.field('user_ids', 'not_exactly_one', 'user_ids: give either user_ids or user_id.');
  }
  if (userIds?.length === 0) {
    throw InvalidInput.field('user_ids', 'too_short', 'user_ids: at least 1 id, 0 given.');
  }
  return userIds ?? [userId as number];
}

/** @throws InvalidInput unless the query or the body names somebody, or both name the same person */
export function personOf(query: RemoveParticipantDto, body: RemoveParticipantDto): number {
  const [inQuery, inBody] = [query.user_id ?? undefined, body.user_id ?? undefined];
  const userId = inQuery ?? inBody;
  if (userId === undefined) {
    throw InvalidInput.field('user_id', 'required', 'user_id: is required, in the query or in the body.');
  }
  if (inBody !== undefined && inBody !== userId) {
    throw InvalidInput.field('user_id', 'contradictory', 'user_id: the query and the body name different people.');
  }
  return userId;
}

/** @throws InvalidInput if the body and the header say different things */
export function clientIdOf({ client_id }: SendMessageDto, header: string | undefined): string | null {
  const inBody = client_id ?? undefined;
  if (inBody !== undefined && header !== undefined && inBody !== header) {
    const detail = 'client_id: differs from the header Idempotency-Key; give one of them, or the same.';
    throw InvalidInput.field('client_id', 'contradictory', detail);
  }
  return inBody ?? header ?? null;
}

/** @throws InvalidInput if more than one way of going through the history is asked for */
export function cursorOf({ page, before, after }: HistoryQuery): HistoryCursor | undefined {
  const ways = Object.entries({ page, before, after }).filter(([, value]) => value !== undefined);
  if (ways.length > 1) {
    const detail = (name: string) => `${name}: only one of page, before and after can be given.`;
    throw new InvalidInput(ways.map(([path]) => ({ path, code: 'contradictory', detail: detail(path) })));
  }
  if (before !== undefined) return { before };
  return after === undefined ? undefined : { after };
}
