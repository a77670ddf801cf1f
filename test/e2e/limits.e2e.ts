import { Answer, expectProblem, expectProblemBody, expectStatus } from '../support/api';
import { DOORS, refused } from '../support/doors';
import { logIn, newGroup, newPeople, newPerson, nobody, PASSWORD, Person, uniqueName } from '../support/people';
import { startServer, Server } from '../support/server';
import { closeSockets, openRaw, openSocketIo, refusal } from '../support/sockets';
import { Chat } from '../support/wire';

/** Refused for now: says so, and for how long. */
function expectLimited(answer: Answer<unknown>): void {
  expectProblem(answer, 429, 'request.rate_limited');
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
}

describe('limits', () => {
  let server: Server;
  afterEach(closeSockets);
  afterEach(() => server.stop());

  const start = async (limits: Record<string, string>) => {
    server = await startServer({ RATE_LIMITS: 'on', ...limits });
  };

  test('a user has so many requests a minute, and is told how many are left', async () => {
    await start({ LIMIT_REQUESTS_PER_MINUTE: '10' });
    const [ann, ben] = (await newPeople(server, 2)) as [Person, Person];
    const first = await ann.api.get('/users/me');
    expectStatus(first, 200);
    expect(first.headers.get('ratelimit-policy')).toMatch(/10/);
    expect(first.headers.get('ratelimit')).toMatch(/9/);
    for (let n = 0; n < 9; n++) expectStatus(await ann.api.get('/users/me'), 200);
    expectLimited(await ann.api.get('/users/me'));
    expectStatus(await ben.api.get('/users/me'), 200);
  });

  test('an address without a user has a limit too, which a made-up token does not stretch', async () => {
    await start({ LIMIT_REQUESTS_PER_MINUTE: '10' });
    const answers: Answer<unknown>[] = [];
    for (let n = 0; n < 12; n++) {
      answers.push(await nobody(server).get('/users/me', { token: n % 2 ? `made-up-${n}` : undefined }));
    }
    expect(answers.slice(0, 10).map(({ status }) => status)).toEqual(Array(10).fill(401));
    answers.slice(10).forEach(expectLimited);
  });

  test('an address in a header counts only from a proxy that is trusted', async () => {
    const ask = (from: string) => nobody(server).get('/users/me', { headers: { 'x-forwarded-for': from } });
    await start({ LIMIT_REQUESTS_PER_MINUTE: '2' });
    for (const from of ['10.0.0.1', '10.0.0.2']) expectStatus(await ask(from), 401);
    expectLimited(await ask('10.0.0.3'));
    await server.restart({ environment: { TRUST_PROXY: '127.0.0.1' } });
    for (const from of ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.1']) expectStatus(await ask(from), 401);
    expectLimited(await ask('10.0.0.1'));
  });

  test('a guesser of passwords is stopped, by account, and the owner goes on with a session', async () => {
    await start({ LIMIT_LOGIN_FAILURES: '3' });
    const [ann, ben] = (await newPeople(server, 2)) as [Person, Person];
    const guess = (username: string) => nobody(server).post('/users/login', { username, password: 'a wrong guess' });
    for (let n = 0; n < 3; n++) expectProblem(await guess(ann.username), 401);
    expectLimited(await guess(ann.username));
    expectLimited(await guess(ann.username.toUpperCase()));
    expectLimited(await nobody(server).post('/users/login', { email: ann.email, password: PASSWORD }));
    expectStatus(await ann.api.get('/users/me'), 200);
    await logIn(server, ben.username, PASSWORD);
  });

  test('guesses at once count one by one', async () => {
    await start({ LIMIT_LOGIN_FAILURES: '3' });
    const ann = await newPerson(server);
    const guess = () => nobody(server).post('/users/login', { username: ann.username, password: 'a wrong guess' });
    const answers = await Promise.all(Array.from({ length: 20 }, guess));
    expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(3);
  });

  test('a guesser of names is stopped by address', async () => {
    await start({ LIMIT_LOGIN_FAILURES: '2' });
    const guess = () => nobody(server).post('/users/login', { username: uniqueName(), password: 'a wrong guess' });
    for (let n = 0; n < 20; n++) expectProblem(await guess(), 401);
    expectLimited(await guess());
  });

  test('logging in rightly is no failure', async () => {
    await start({ LIMIT_LOGIN_FAILURES: '2' });
    const ann = await newPerson(server);
    for (let n = 0; n < 5; n++) await logIn(server, ann.username, PASSWORD);
  });

  test('an address makes so many accounts an hour', async () => {
    await start({ LIMIT_SIGNUPS_PER_HOUR: '2' });
    await newPeople(server, 2);
    const username = uniqueName();
    const account = { username, email: `${username}@example.org`, password: PASSWORD };
    expectLimited(await nobody(server).post('/users/register', account));
  });

  test('a user has so many messages a second, bursts of four times that, all doors together', async () => {
    await start({ LIMIT_MESSAGES_PER_SECOND: '3' });
    const [ann, ben] = (await newPeople(server, 2)) as [Person, Person];
    const chat: Chat = await newGroup(ann, [ben]);
    const doors = await Promise.all(DOORS.map(([, open]) => open(ann, chat.id)));
    for (let n = 0; n < 12; n++) {
      const verdict = await doors[n % doors.length]?.send({ chat_id: chat.id, content: `m${n}` });
      expect(verdict?.ok).toBe(true);
    }
    for (const door of doors) {
      const problem = refused(await door.send({ chat_id: chat.id, content: 'too many' }), 429);
      expect(problem.code).toBe('request.rate_limited');
    }
    const again = await ann.api.post('/messages/', { chat_id: chat.id, content: 'too many' });
    expectLimited(again);
    const other = await ben.api.post('/messages/', { chat_id: chat.id, content: 'not too many' });
    expectStatus(other, 201);
  });

  test('a user has so many sockets, whichever way, and a closed one makes room', async () => {
    await start({ LIMIT_CONNECTIONS_PER_USER: '2' });
    const [ann, ben] = (await newPeople(server, 2)) as [Person, Person];
    const chat = await newGroup(ann, [ben]);
    const watcher = await openRaw(server, ben, chat.id);
    const sockets = [await openRaw(server, ann, chat.id), await openSocketIo(server, ann)] as const;
    expect((await refusal(openRaw(server, ann, chat.id))).closing.code).toBeGreaterThanOrEqual(1008);
    expectProblemBody((await refusal(openSocketIo(server, ann))).problem, 429);
    for (const socket of sockets) expect((await socket.ping(chat.id)).type).toBe('pong');

    await Promise.all(sockets.map((socket) => socket.close()));
    await watcher.inbox.waitFor('user_left', ({ user_id }) => user_id === ann.id);
    await Promise.all([openRaw(server, ann, chat.id), openSocketIo(server, ann)]);
  });
});
