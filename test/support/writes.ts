import { Socket as NetSocket } from 'node:net';

/** The parts of a TCP socket by which bytes leave, each a system call. */
interface Writing {
  _write: (...given: unknown[]) => void;
  _writev: (...given: unknown[]) => void;
  /** Only of those that a server has accepted. */
  readonly server: object | null;
}

/** How bytes left a socket. */
export interface Writes {
  /** System calls. */
  calls: number;
  /** What they were put together from. */
  pieces: unknown[];
}

/** For each socket that this process has accepted: the writes that carry a text. Restored with all mocks. */
export function countWrites(text: string): Map<unknown, Writes> {
  const writes = new Map<unknown, Writes>();
  const prototype = NetSocket.prototype as unknown as Writing;
  for (const way of ['_write', '_writev'] as const) {
    const write = prototype[way];
    jest.spyOn(prototype, way).mockImplementation(function (this: Writing, ...given: unknown[]) {
      const pieces = way === '_write' ? [given[0]] : (given[0] as { chunk: unknown }[]).map(({ chunk }) => chunk);
      const carrying = pieces.filter((piece) => String(piece).includes(text));
      if (this.server && carrying.length > 0) {
        const before = writes.get(this) ?? { calls: 0, pieces: [] };
        writes.set(this, { calls: before.calls + 1, pieces: [...before.pieces, ...carrying] });
      }
      write.apply(this, given);
    });
  }
  return writes;
}
