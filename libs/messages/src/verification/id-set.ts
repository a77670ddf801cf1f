const BITS_PER_CHUNK = 4096;

/** A set of ids that lie close together, at one bit each: 100 million take 13 MB. */
export class IdSet {
  private readonly chunks = new Map<number, Uint8Array>();

  add(id: number): void {
    const key = Math.floor(id / BITS_PER_CHUNK);
    let chunk = this.chunks.get(key);
    if (!chunk) this.chunks.set(key, (chunk = new Uint8Array(BITS_PER_CHUNK / 8)));
    const [index, bit] = placeOf(id);
    chunk[index] = (chunk[index] ?? 0) | bit;
  }

  delete(id: number): void {
    const chunk = this.chunks.get(Math.floor(id / BITS_PER_CHUNK));
    const [index, bit] = placeOf(id);
    if (chunk) chunk[index] = (chunk[index] ?? 0) & ~bit;
  }

  has(id: number): boolean {
    const chunk = this.chunks.get(Math.floor(id / BITS_PER_CHUNK));
    const [index, bit] = placeOf(id);
    return ((chunk?.[index] ?? 0) & bit) !== 0;
  }
}

/** The byte in its chunk, and the bit in that. */
function placeOf(id: number): [index: number, bit: number] {
  const position = id % BITS_PER_CHUNK;
  return [position >> 3, 1 << (position & 7)];
}
