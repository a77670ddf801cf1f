import { restDoor } from '../support/doors';
import { Ledger } from '../support/ledger';
import { newGroup, newPerson, personAt } from '../support/people';
import type { FaultyCluster } from './faulty-cluster';
import { judge, Verdict } from './verdict';

const TIMES = 50;

/** One message, sent many times at once over all nodes, and as often again after all of them were killed. */
export async function sendSameKeyManyTimes(cluster: FaultyCluster): Promise<Verdict> {
  const person = await newPerson(cluster.node(0));
  const chat = await newGroup(person, []);
  const people = cluster.nodes.map((node) => personAt(person, node));
  const ledger = new Ledger();
  const attempt = ledger.next('same', chat.id);
  const send = (n: number) => ledger.send(restDoor(people[n % people.length] ?? person), attempt);
  const sendAll = () => Promise.all(Array.from({ length: TIMES }, (_, n) => send(n)));

  const first = await sendAll();
  for (const node of cluster.nodes) await node.kill();
  await Promise.all(cluster.nodes.map((node) => node.start()));
  const again = await sendAll();
  const verdict = await judge(ledger, person, [chat.id]);
  const different = new Set([...first, ...again].map(({ id }) => id)).size - 1;
  return { ...verdict, doubled: Math.max(verdict.doubled, different) };
}
