import { ChatFull, ChatNotFound } from '@app/chats';
import { MessageTooLong } from '@app/messages';
import { DomainError, InvalidInput, MalformedInput, RateLimited, ServiceBusy } from '@app/platform';
import { EmailTaken, InvalidCredentials, InvalidToken, UsernameTaken } from '@app/users';
import { AuthChatErrorShape } from '../../../apps/server/src/dialects/auth-chat/errors/auth-chat-error-shape';
import { eventSentenceOf } from '../../../apps/server/src/dialects/auth-chat/errors/sentences';
import { ExpiredToken, MissingToken } from '../../../apps/server/src/transport/auth';
import { UnexpectedFailure, UnreadableRequest } from '../../../apps/server/src/transport/errors';

const shape = new AuthChatErrorShape();
const rendered = (error: DomainError) => {
  const { status, body } = shape.render(error);
  return [status, (JSON.parse(body) as { detail: unknown }).detail];
};

describe('an error in the dialect auth-chat', () => {
  test.each(['/auth', '/auth/', '/auth/login', '/chat/chat_rooms/1', '/chat'])('has its shape at %s', (path) => {
    expect(shape.matches(path)).toBe(true);
  });

  test.each(['/', '/authority', '/chats', '/api/v1/chat', '/api/chatroom', ''])('has another one at "%s"', (path) => {
    expect(shape.matches(path)).toBe(false);
  });

  test.each<[DomainError, number, string]>([
    [new EmailTaken(), 400, 'Email already registered'],
    [new UsernameTaken(), 400, 'Username already registered'],
    [new InvalidCredentials(), 401, 'Incorrect email or password'],
    [new MissingToken(), 401, 'Could not validate credentials'],
    [new ExpiredToken(), 401, 'Could not validate credentials'],
    [new InvalidToken(), 401, 'Could not validate credentials'],
    [new ChatNotFound(), 404, 'Chat room not found or access denied'],
    [new ChatFull(101), 400, 'A group has at most 100 members; this would make 101.'],
    [new UnreadableRequest('The request could not be read.'), 400, 'The request could not be read.'],
    [new UnexpectedFailure(new Error('SELECT secrets')), 500, 'Something went wrong on our side; it has been logged.'],
  ])('is one sentence: %s', (error, status, sentence) => {
    expect(rendered(error)).toEqual([status, sentence]);
  });

  test('says how to authenticate, and when to come back', () => {
    expect(shape.render(new InvalidToken()).headers).toMatchObject({ 'www-authenticate': 'Bearer' });
    expect(shape.render(new RateLimited('Too many requests.', 7)).headers).toMatchObject({ 'retry-after': '7' });
    expect(shape.render(new ServiceBusy('Busy.')).headers).toMatchObject({ 'retry-after': '1' });
  });

  test('is a list where a rule is broken or the body is no JSON', () => {
    const broken = new InvalidInput([
      { path: 'members.3', code: 'not_an_email', detail: 'members.3: no.' },
      { path: 'limit', code: 'too_small', detail: 'limit: no.' },
    ]);
    expect(rendered(broken)).toEqual([
      422,
      [
        { loc: ['body', 'members', 3], msg: 'members.3: no.', type: 'value_error' },
        { loc: ['query', 'limit'], msg: 'limit: no.', type: 'greater_than_equal' },
      ],
    ]);
    expect(rendered(new MalformedInput('No JSON.'))).toEqual([
      422,
      [{ loc: ['body'], msg: 'No JSON.', type: 'json_invalid' }],
    ]);
  });

  test.each<[DomainError, string]>([
    [new ChatNotFound(), 'Invalid data'],
    [InvalidInput.field('room', 'invalid', 'room: no.'), 'Invalid data'],
    [new MalformedInput('Too deep.'), 'Invalid data'],
    [new MessageTooLong(10_001), 'message: at most 10000 characters, 10001 given.'],
    [new InvalidToken(), 'Could not validate credentials'],
    [new RateLimited('Too many messages.', 2), 'Too many messages. Try again in 2 s.'],
  ])('has one sentence on sockets: %s', (error, sentence) => {
    expect(eventSentenceOf(error)).toBe(sentence);
  });
});
