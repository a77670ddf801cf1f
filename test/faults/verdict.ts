import { expectStatus } from '../support/api';
import type { Ledger } from '../support/ledger';
import type { Person } from '../support/people';
import { eventually } from '../support/wait';
import type { Changes, Frame } from '../support/wire';

/** What became of the messages of some runs. All but the first two must be 0. */
export interface Verdict {
  readonly runs: number;
  readonly acknowledged: number;
  /** Acknowledged, and not there, or not as they were acknowledged. */
  readonly lost: number;
  /** There more than once. */
  readonly doubled: number;
  /** Numbers of a chat that nobody has, or several. */
  readonly gaps: number;
  /** There without their text. */
  readonly dangling: number;
}

const READABLE_WITHIN_MS = 15_000;

export const SOUND = { lost: 0, doubled: 0, gaps: 0, dangling: 0 };

export function sum(verdicts: readonly Verdict[]): Verdict {
  const total = (column: keyof Verdict) => verdicts.reduce((whole, verdict) => whole + verdict[column], 0);
  return {
    runs: total('runs'),
    acknowledged: total('acknowledged'),
    lost: total('lost'),
    doubled: total('doubled'),
    gaps: total('gaps'),
    dangling: total('dangling'),
  };
}

/** Compares what was acknowledged with what is there, as `reader` finds it; all attempts must be settled. */
export async function judge(ledger: Ledger, reader: Person, chatIds: readonly number[]): Promise<Verdict> {
  const changes: Frame[] = [];
  let gaps = 0;
  for (const chatId of chatIds) {
    const found = await readChanges(reader, chatId);
    gaps += countGaps(found);
    changes.push(...found);
  }
  const copies = new Map<string, Frame[]>();
  for (const change of changes) {
    const key = change.message?.client_id;
    if (change.type === 'new_message' && key) copies.set(key, [...(copies.get(key) ?? []), change]);
  }
  const acknowledged = [...ledger.acknowledged];
  const isThere = ([key, message]: (typeof acknowledged)[number]) =>
    copies.get(key)?.some((copy) => copy.seq === message.seq && copy.message?.id === message.id);
  return {
    runs: 1,
    acknowledged: acknowledged.length,
    lost: acknowledged.filter((entry) => !isThere(entry)).length,
    doubled: [...copies.values()].filter((same) => same.length > 1).length,
    gaps,
    dangling: [...copies].filter(([key, same]) => same.some(({ message }) => message?.content !== textOf(key))).length,
  };
}

/** The text that goes with a key: so whoever reads it knows what it should be. */
function textOf(key: string): string {
  return `message ${key}`;
}

/** As `allChanges`, without judging them, and patient with stores that are slow to come back. */
async function readChanges(reader: Person, chatId: number): Promise<Frame[]> {
  const found: Frame[] = [];
  for (;;) {
    const path = `/chats/${chatId}/changes?after=${found.at(-1)?.seq ?? 0}&limit=100`;
    const ask = () => reader.api.get<Changes>(path);
    const answer = await eventually(ask, ({ status }) => status !== 503, READABLE_WITHIN_MS);
    const { changes, more } = expectStatus(answer, 200);
    found.push(...changes);
    if (!more || changes.length === 0) return found;
  }
}

function countGaps(changes: readonly Frame[]): number {
  const numbers = new Set(changes.map(({ seq }) => seq));
  const last = Math.max(0, ...changes.map(({ seq }) => seq ?? 0));
  const missing = Array.from({ length: last }, (_, n) => n + 1).filter((seq) => !numbers.has(seq)).length;
  return missing + (changes.length - numbers.size);
}
