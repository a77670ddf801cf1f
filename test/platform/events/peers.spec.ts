import { Peers } from '../../../libs/platform/src/events/redis/peers';

let changes: number;
let peers: Peers;
beforeEach(() => {
  jest.useFakeTimers();
  changes = 0;
  peers = new Peers(() => changes++);
});
afterEach(() => jest.useRealTimers());

/** Lets time pass, in which these nodes are heard each second. */
function pass(seconds: number, ...heard: string[]): void {
  for (let second = 0; second < seconds; second++) {
    jest.advanceTimersByTime(1000);
    for (const node of heard) peers.heard(node, false);
    peers.check();
  }
}

it('misses a node that falls silent, until it is heard again', () => {
  pass(10, 'a', 'b');
  pass(3, 'a');
  expect([peers.areHeard, changes]).toEqual([true, 0]);
  pass(1, 'a');
  expect([peers.areHeard, changes]).toEqual([false, 1]);
  pass(10, 'a');
  peers.heard('b', false);
  expect([peers.areHeard, changes]).toEqual([true, 2]);
});

it('does not miss who took leave', () => {
  pass(1, 'a', 'b');
  peers.heard('b', true);
  pass(10, 'a');
  expect([peers.areHeard, changes]).toEqual([true, 0]);
});

it('gives a node up that is silent for five minutes', () => {
  pass(1, 'a');
  pass(299);
  expect(peers.areHeard).toBe(false);
  pass(2);
  expect([peers.areHeard, changes]).toEqual([true, 2]);
});

it('blames nobody for the time in which this node could hear nothing', () => {
  pass(1, 'a');
  jest.advanceTimersByTime(60_000);
  peers.startAnew();
  pass(3);
  expect([peers.areHeard, changes]).toEqual([true, 0]);
});
