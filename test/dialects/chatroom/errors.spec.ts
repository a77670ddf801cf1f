import { ChatNotFound, ChatNotJoined } from '@app/chats';
import { RateLimited } from '@app/platform';
import { UsernameTaken } from '@app/users';
import { ChatroomErrorShape } from '../../../apps/server/src/dialects/chatroom/errors/chatroom-error-shape';
import { reword } from '../../../apps/server/src/dialects/chatroom/errors/refusal';
import { WORDINGS } from '../../../apps/server/src/dialects/chatroom/errors/wordings';
import { RouteNotFound, UnexpectedFailure } from '../../../apps/server/src/transport/errors';

const shape = new ChatroomErrorShape();
const render = (error: unknown) => {
  const { status, headers, body } = shape.render(error as RouteNotFound);
  return { status, headers, body: JSON.parse(body) as unknown };
};

describe('errors of the dialect chatroom', () => {
  test.each([
    ['/api/user', true],
    ['/api/user/', true],
    ['/api/chatroom/1/join', true],
    ['/api/message/1', true],
    ['/api/users', false],
    ['/api/v1/users/me', false],
    ['/', false],
  ])('are shown at %s: %s', (path, expected) => {
    expect(shape.matches(path)).toBe(expected);
  });

  test('say nothing of what went wrong inside', () => {
    const { status, body } = render(new UnexpectedFailure(new Error('SELECT * FROM users')));
    expect(status).toBe(500);
    expect(body).toEqual({ detail: 'Something went wrong on our side; it has been logged.' });
  });

  test('bring the headers that HTTP wants, reworded or not', () => {
    expect(render(new RateLimited('Too many.', 7)).headers['retry-after']).toBe('7');
    const { status, body } = render(reword(new UsernameTaken(), WORDINGS.register));
    expect([status, body]).toEqual([400, { detail: 'User already exists!' }]);
  });

  test('tell an open room from one by invitation only where the document does', () => {
    const saidOf = (error: Error, place: keyof typeof WORDINGS) => {
      const { status, body } = render(reword(error, WORDINGS[place]));
      return [status, body];
    };
    expect(saidOf(new ChatNotJoined(), 'messages')).toEqual([403, { detail: 'User is not a member of this chatroom' }]);
    expect(saidOf(new ChatNotFound(), 'messages')).toEqual([404, { detail: 'Chatroom not found!' }]);
    expect(saidOf(new ChatNotJoined(), 'chatroom')).toEqual(saidOf(new ChatNotFound(), 'chatroom'));
  });

  test('that have no words of their own stay as they are', () => {
    const error = new RouteNotFound();
    expect(reword(error, WORDINGS.join)).toBe(error);
    const failure = new TypeError('x');
    expect(reword(failure, WORDINGS.join)).toBe(failure);
  });
});
