import type { AddressInfo } from 'node:net';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import { CreateGroup, LeaveChat } from '@app/chats';
import { DatabaseModule } from '@app/database';
import { Actor, InvalidInput, loadConfig, PlatformModule } from '@app/platform';
import { LogIn, RegisterUser } from '@app/users';
import { io, Socket } from 'socket.io-client';
import { TokenAuthenticator } from '../../../apps/server/src/transport/auth';
import { LoggingModule } from '../../../apps/server/src/transport/logging/logging.module';
import {
  DefaultNamespace,
  NamespaceDialect,
  NamespaceEvent,
} from '../../../apps/server/src/transport/sockets/default-namespace';
import { ChatIoAdapter } from '../../../apps/server/src/transport/sockets/io-adapter';
import { SocketsModule } from '../../../apps/server/src/transport/sockets/sockets.module';
import { UpgradeRouter } from '../../../apps/server/src/transport/sockets/upgrade-router';
import { TransportModule } from '../../../apps/server/src/transport/transport.module';
import { makeTempFolder } from '../../support/temp-folder';

const event = (run: NamespaceEvent['run']): NamespaceEvent => ({ counts: 'requests', isOrderedAtOnce: true, run });
const sentenceOf = (error: Error) => `Sorry: ${error.message}`;

/** Two dialects that stand for any two: the first hears everything, the second what it tunes in to. */
const first: NamespaceDialect = {
  name: 'first',
  isFirst: true,
  hearsEveryChat: true,
  sentenceOf,
  events: new Map([['say', event(async (_connection, payload) => ({ ok: true, payload }))]]),
};
const second: NamespaceDialect = {
  name: 'second',
  isFirst: false,
  hearsEveryChat: false,
  sentenceOf,
  greet: (connection) => connection.emit('welcome', connection.actor.userId),
  findToken: ({ headers }) => headers.cookie?.replace(/^token=/, ''),
  events: new Map([
    [
      'tune',
      event(async (connection, chatId) => {
        if (connection.tuneIn(chatId as number)) return { ok: true };
        throw InvalidInput.field('chat', 'not_found', 'there is no such chat.');
      }),
    ],
  ]),
};

@Module({})
class BareModule {}

interface Someone {
  readonly id: number;
  readonly token: string;
  readonly actor: Actor;
}

describe('the default namespace', () => {
  let app: NestFastifyApplication;
  let namespace: DefaultNamespace;
  let ann: Someone, ben: Someone;
  let url: string;
  const sockets: Socket[] = [];

  const someone = async (username: string): Promise<Someone> => {
    const account = { username, password: 'correct horse' };
    const { id } = await app.get(RegisterUser).execute(account, { address: 'here' });
    const { accessToken: token } = await app.get(LogIn).execute({ ...account, login: username }, { address: 'here' });
    return { id, token, actor: await app.get(TokenAuthenticator).authenticate(token) };
  };
  const newGroup = () => app.get(CreateGroup).execute(ann.actor, { participantIds: [ben.id] });

  // Without any dialect of the product: the namespace needs none of them.
  beforeAll(async () => {
    const config = loadConfig({ DATA_DIR: makeTempFolder(), LOG_LEVEL: 'silent', BCRYPT_COST: '4' });
    const imports = [PlatformModule.register(config), LoggingModule, DatabaseModule, TransportModule, SocketsModule];
    app = await NestFactory.create<NestFastifyApplication>({ module: BareModule, imports }, new FastifyAdapter(), {
      logger: false,
    });
    app.useWebSocketAdapter(new ChatIoAdapter(app));
    app.get(UpgradeRouter).listen(app.getHttpServer());
    await app.listen({ host: '127.0.0.1', port: 0 });
    url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
    namespace = app.get(DefaultNamespace);
    [ann, ben] = [await someone('ann'), await someone('ben')];
  });
  afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()));
  afterAll(() => app.close());

  const open = (token: string | undefined, address = '', options = {}): Socket => {
    const auth = token === undefined ? {} : { token: `Bearer ${token}` };
    const socket = io(`${url}${address}`, { forceNew: true, reconnection: false, auth, ...options });
    sockets.push(socket);
    return socket;
  };
  const next = <Value>(socket: Socket, name: string) =>
    new Promise<Value>((resolve) => socket.once(name, resolve as (value: unknown) => void));

  test('lets nobody in without a dialect', async () => {
    const error = await next<Error>(open(ann.token), 'connect_error');
    expect(error.message).toContain('nothing at this address');
  });

  describe('with two dialects', () => {
    // Registered in the wrong order on purpose: which one is first is not a matter of luck.
    beforeAll(() => [second, first].forEach((dialect) => namespace.register(dialect)));

    test.each(['', '/', '/socket.io', '/socket.io/'])('is reached at the address %s', async (address) => {
      expect(await next(open(ann.token, address), 'welcome')).toBe(ann.id);
    });

    test.each([['polling', 'websocket'], ['websocket'], ['polling']])(
      'is reached at the path /ws/socket.io/ by %s',
      async (...transports) => {
        const socket = open(ann.token, '', { path: '/ws/socket.io/', transports });
        expect(await next(socket, 'welcome')).toBe(ann.id);
        expect(await socket.emitWithAck('say', 'hi')).toEqual({ ok: true, payload: 'hi' });
      },
    );

    test('asks dialects for a token that is nowhere else', async () => {
      const socket = open(undefined, '', { extraHeaders: { cookie: `token=${ben.token}` } });
      expect(await next(socket, 'welcome')).toBe(ben.id);
    });

    test.each([undefined, 'made-up'])('refuses the token %s in the words of the first dialect', async (token) => {
      const error = await next<Error & { data: unknown }>(open(token), 'connect_error');
      expect(error.message).toMatch(/^Sorry: .*token/i);
      expect(error.data).toEqual({ message: error.message });
    });

    test('speaks the first dialect until an event of another comes, and that one ever after', async () => {
      const chat = await newGroup();
      const [one, other] = [open(ben.token, '/socket.io'), open(ben.token)];
      await Promise.all([one, other].map((socket) => next(socket, 'welcome')));
      const heard: unknown[] = [];
      one.onAny((...args: unknown[]) => heard.push(['one', ...args]));
      other.onAny((...args: unknown[]) => heard.push(['other', ...args]));
      const tell = async (text: string) => {
        namespace.broadcast(first, chat.id, 'in first', text);
        namespace.broadcast(second, chat.id, 'in second', text);
        // What was sent before an acknowledgement has come before it.
        for (const socket of [one, other]) await socket.emitWithAck('say', 'there?');
        return heard.splice(0).sort();
      };
      expect(await tell('a')).toEqual([
        ['one', 'in first', 'a'],
        ['other', 'in first', 'a'],
      ]);
      expect(await other.emitWithAck('tune', chat.id)).toEqual({ ok: true });
      expect(await tell('b')).toEqual([
        ['one', 'in first', 'b'],
        ['other', 'in second', 'b'],
      ]);
      await app.get(LeaveChat).execute(ben.actor, chat.id);
      expect(await tell('c')).toEqual([]);
      expect(await other.emitWithAck('tune', chat.id)).toMatchObject({ ok: false });
    });

    test('leaves out the connection that it is told to, and reaches all sockets of a person', async () => {
      const chat = await newGroup();
      const [anns, bens] = [open(ann.token, '/socket.io/'), open(ben.token)];
      await Promise.all([anns, bens].map((socket) => next(socket, 'welcome')));
      const heard: unknown[] = [];
      anns.onAny((...args: unknown[]) => heard.push(args));
      namespace.broadcast(first, chat.id, 'news', 1, anns.id);
      namespace.broadcast(first, chat.id, 'news', 2, bens.id);
      namespace.tellUser(ann.id, 'for ann', 3);
      await anns.emitWithAck('say', 'there?');
      expect(heard).toEqual([
        ['news', 2],
        ['for ann', 3],
      ]);
    });

    test('answers what fails by an event and by the acknowledgement', async () => {
      const socket = open(ann.token);
      await next(socket, 'welcome');
      const error = next(socket, 'error');
      const message = 'Sorry: There is no such event; it must be one of say, tune.';
      expect(await socket.emitWithAck('explode')).toEqual({ ok: false, message });
      expect(await error).toEqual({ message });
    });

    test('does not take two dialects with the same event', () => {
      expect(() => namespace.register({ ...second, name: 'third' })).toThrow('the event tune');
    });
  });
});
