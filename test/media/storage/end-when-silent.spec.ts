import { PassThrough } from 'node:stream';
import { endWhenSilent } from '../../../libs/media/src/storage/s3/end-when-silent';

describe('a body that comes from elsewhere', () => {
  const LIMIT_MS = 1000;
  const socket = { bytesRead: 0 };
  let body: PassThrough & { complete: boolean; socket: typeof socket | null };
  beforeEach(() => {
    jest.useFakeTimers();
    socket.bytesRead = 0;
    body = Object.assign(new PassThrough(), { complete: false, socket });
    endWhenSilent(body, LIMIT_MS);
  });
  afterEach(() => {
    body.destroy();
    jest.useRealTimers();
  });

  const receive = () => (socket.bytesRead += 4) && body.write('some');

  it('is broken off when its sender falls silent', () => {
    jest.advanceTimersByTime(LIMIT_MS);
    receive();
    body.read();
    jest.advanceTimersByTime(LIMIT_MS);
    expect(body.destroyed).toBe(false);
    jest.advanceTimersByTime(LIMIT_MS);
    expect(body.errored?.message).toBe('no bytes for 1000 ms');
  });

  it('waits for a slow reader', () => {
    receive();
    jest.advanceTimersByTime(100 * LIMIT_MS);
    expect(body.destroyed).toBe(false);
  });

  it('waits as long when all of it is there, and its connection serves others', () => {
    body.complete = true;
    body.socket = null;
    jest.advanceTimersByTime(100 * LIMIT_MS);
    expect(body.destroyed).toBe(false);
  });
});
