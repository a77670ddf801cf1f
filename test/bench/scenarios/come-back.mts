import type { Room } from '../load/flood.mts';
import { LightSocketIo } from '../load/light-socket-io.mts';
import { call, type Group } from '../load/people.mts';

const PAGE = 100;

interface Changes {
  readonly changes: readonly { readonly seq: number }[];
  readonly last_seq: number;
}

/**
 * All members connect at once, and each asks for what it missed: the last `missed` changes of the chat.
 * @throws if somebody is not told all of them, in order
 */
export async function comeBack(url: string, { chatId, people }: Group, missed: number): Promise<Room> {
  const { last_seq: lastSeq } = await call<Changes>(url, `/chats/${chatId}/changes?after=0&limit=1`, {
    token: people[0]?.token,
  });
  const after = lastSeq - missed;
  const members = await Promise.all(
    people.map(async ({ token }) => {
      const socket = await LightSocketIo.open(url, { token });
      const { changes } = await call<Changes>(url, `/chats/${chatId}/changes?after=${after}&limit=${PAGE}`, { token });
      const isComplete = changes.length === missed && changes.every(({ seq }, index) => seq === after + 1 + index);
      if (!isComplete) throw new Error(`${changes.length} changes after ${after} came instead of ${missed} in order`);
      return socket;
    }),
  );
  return { chatId, members };
}
