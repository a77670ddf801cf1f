import { EventBus, LocalEventBus } from '@app/platform';
import { Sessions, UserDirectory } from '@app/users';
import { SessionsRepository } from '../../libs/users/src/persistence/sessions.repository';
import { UsersRepository } from '../../libs/users/src/persistence/users.repository';
import { eventually } from '../support/wait';
import { Accounts, LoggedIn } from './accounts';

/** The bus of a node whose link to the others can be lost. */
let isWhole = true;
const onGap: (() => void)[] = [];
const setWhole = (whole: boolean) => {
  isWhole = whole;
  for (const tell of onGap) tell();
};

let accounts: Accounts;
let someone: LoggedIn;
beforeAll(async () => {
  const prototype: EventBus = LocalEventBus.prototype;
  jest.spyOn(prototype, 'onGap').mockImplementation((tell) => void onGap.push(tell));
  jest.spyOn(prototype, 'isWhole', 'get').mockImplementation(() => isWhole);
  accounts = await Accounts.open();
});
beforeEach(async () => {
  setWhole(true);
  someone = await accounts.logIn(await accounts.register({ fullName: 'Before' }));
  await readBoth();
});
afterAll(() => accounts.close());

const isLive = async () => {
  try {
    await accounts.get(Sessions).requireLive(someone.actor);
    return true;
  } catch {
    return false;
  }
};
const nameOf = async () => {
  const { userId } = someone.actor;
  return (await accounts.get(UserDirectory).getNames([userId])).get(userId)?.fullName;
};
const readBoth = async () => [await isLive(), await nameOf()];

/** Ends the session and renames the person, as another node does that can not tell. */
async function changeElsewhere(): Promise<void> {
  await accounts.database.transaction(async (tx) => {
    await accounts.get(SessionsRepository).end(tx, [someone.actor.sessionId], new Date());
    await accounts.get(UsersRepository).update(tx, someone.actor.userId, { fullName: 'After' });
  });
}

test('memory answers as long as the other nodes are heard', async () => {
  await changeElsewhere();
  expect(await readBoth()).toEqual([true, 'Before']);
});

test.each([false, true])('after a gap nothing is known any more (the bus is whole: %s)', async (whole) => {
  await changeElsewhere();
  setWhole(whole);
  expect(await readBoth()).toEqual([false, 'After']);
});

test('while other nodes are not heard, memory answers for two seconds at most', async () => {
  setWhole(false);
  await readBoth();
  const knownAt = performance.now();
  await changeElsewhere();
  expect(await readBoth()).toEqual([true, 'Before']);
  await eventually(readBoth, ([live, name]) => live === false && name === 'After');
  expect(performance.now() - knownAt).toBeLessThan(2500);
  expect(await readBoth()).toEqual([false, 'After']);
});

test('what was read before a gap is not remembered after it', async () => {
  setWhole(true);
  const repository = accounts.get(SessionsRepository);
  const findLive = repository.findLive.bind(repository);
  jest.spyOn(repository, 'findLive').mockImplementationOnce(async (id, now) => {
    const read = await findLive(id, now);
    await changeElsewhere();
    setWhole(true);
    return read;
  });
  await isLive();
  expect(await isLive()).toBe(false);
});
