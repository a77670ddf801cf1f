import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** One line that the server wrote. `raw` is the line itself; the rest is there if it was JSON. */
export interface LogLine {
  readonly raw: string;
  readonly level?: number;
  readonly msg?: string;
  readonly [field: string]: unknown;
}

const KEPT_LINES = 2000;
const ERROR_LEVEL = 50;

/** What a server has written, bounded: the latest lines, and the errors among all of them. */
export class LogLines {
  readonly lines: LogLine[] = [];
  /** Lines of level error and worse. */
  readonly errors: LogLine[] = [];
  private readonly waiting = new Set<(line: LogLine) => void>();

  follow(stream: Readable): void {
    createInterface({ input: stream }).on('line', (text) => this.add(parse(text)));
  }

  /** Calls back for every further line, until the returned function is called. */
  onLine(listener: (line: LogLine) => void): () => void {
    this.waiting.add(listener);
    return () => this.waiting.delete(listener);
  }

  tail(count = 40): string {
    return this.lines
      .slice(-count)
      .map((line) => line.raw)
      .join('\n');
  }

  text(): string {
    return this.tail(KEPT_LINES);
  }

  private add(line: LogLine): void {
    keep(this.lines, line);
    if ((line.level ?? 0) >= ERROR_LEVEL) keep(this.errors, line);
    for (const listener of this.waiting) listener(line);
  }
}

function keep(lines: LogLine[], line: LogLine): void {
  lines.push(line);
  if (lines.length > KEPT_LINES) lines.shift();
}

function parse(text: string): LogLine {
  try {
    const fields: unknown = JSON.parse(text);
    if (typeof fields === 'object' && fields !== null) return { ...fields, raw: text };
  } catch {
    // Not every line is ours: Node's own warnings are plain text.
  }
  return { raw: text };
}
