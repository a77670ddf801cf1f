import { AlreadyParticipant, ChatNotFound, ChatNotJoined, PeopleNotFound } from '@app/chats';
import { MessageEmpty } from '@app/messages';
import { EmailTaken, InvalidCredentials, UsernameTaken, UserNotFound } from '@app/users';
import { NotSelf } from './chatroom.errors';
import type { Wording } from './refusal';

/** The sentences of the document, by the places where they are said. */
export const WORDINGS = {
  register: [
    [UsernameTaken, 400, 'User already exists!'],
    [EmailTaken, 400, 'User already exists!'],
  ],
  logIn: [[InvalidCredentials, 401, 'Email or Password is incorrect.']],
  user: [[UserNotFound, 404, 'User not found!']],
  updateUser: [
    [NotSelf, 403, 'You are not authorized to update this user.'],
    [UsernameTaken, 400, 'User already exists!'],
    [EmailTaken, 400, 'User already exists!'],
  ],
  deleteUser: [[NotSelf, 403, 'You are not authorized to delete this user.']],
  members: [
    [PeopleNotFound, 404, 'User not found!'],
    [UserNotFound, 404, 'User not found!'],
  ],
  chatroom: [[ChatNotFound, 404, 'Chatroom not found or user is not a member.']],
  join: [
    [AlreadyParticipant, 400, 'User already a member of the chatroom!'],
    [ChatNotFound, 404, 'Chatroom not found!'],
  ],
  messages: [
    [ChatNotJoined, 403, 'User is not a member of this chatroom'],
    [ChatNotFound, 404, 'Chatroom not found!'],
    [MessageEmpty, 422, 'Message content cannot be empty'],
  ],
  joinRoom: [
    [ChatNotJoined, 403, 'User not authorized to join this chatroom'],
    [ChatNotFound, 404, 'Chatroom not found'],
  ],
  say: [
    [ChatNotJoined, 403, 'User is not a member of this chatroom'],
    [ChatNotFound, 404, 'Chatroom not found'],
    [MessageEmpty, 422, 'Message content cannot be empty'],
  ],
} as const satisfies Record<string, readonly Wording[]>;
