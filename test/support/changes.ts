import { expectStatus } from './api';
import type { Person } from './people';
import { eventually } from './wait';
import type { Changes, Frame, Message } from './wire';

const PATIENCE_MS = 30_000;

/** All changes of a chat after a number, page by page. */
export async function allChanges(person: Person, chatId: number, after = 0): Promise<Frame[]> {
  const found: Frame[] = [];
  for (;;) {
    const from = found.at(-1)?.seq ?? after;
    const path = `/chats/${chatId}/changes?after=${from}&limit=100`;
    const { changes, more } = expectStatus(await whenServed(() => person.api.get<Changes>(path)), 200);
    found.push(...changes);
    if (!more) return found;
    if (changes.length === 0) throw new Error(`there is more after ${from}, says an empty page`);
  }
}

/** As a client does: 503 says that a store is too slow at the moment, and to come back. */
function whenServed<Given extends { readonly status: number }>(ask: () => Promise<Given>): Promise<Given> {
  return eventually(ask, ({ status }) => status !== 503, PATIENCE_MS);
}

/** Insists on the numbers 1, 2, 3, … without gap and repetition. */
export function expectGapless(changes: readonly Frame[]): void {
  const wrong = changes.findIndex(({ seq }, index) => seq !== index + 1);
  if (wrong >= 0) {
    const around = changes.slice(Math.max(0, wrong - 2), wrong + 3).map(({ seq, type }) => `${seq} ${type}`);
    throw new Error(`the changes have a gap or a repetition at place ${wrong + 1}: … ${around.join(', ')} …`);
  }
}

/** What a client has when it has applied all changes: the messages as they are now, by id. */
export function stateAfter(changes: readonly Frame[]): Message[] {
  const messages = new Map<number, Message>();
  for (const { message } of changes) {
    if (message) messages.set(message.id, message);
  }
  return [...messages.values()].sort((one, other) => one.seq - other.seq);
}
