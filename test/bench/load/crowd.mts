import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Group } from './people.mts';

/** What the process of a crowd is told. */
export type Order =
  | { readonly do: 'connect'; readonly url: string; readonly groups: readonly Group[] }
  | { readonly do: 'leave' }
  /** All connect again at once, and each asks for what it missed: so many changes. */
  | { readonly do: 'come back'; readonly missed: number };

/** When it is done; an error is a failure of the measurement. */
export type Done = { readonly seconds: number } | { readonly error: string };

/**
 * Many sockets in a process of their own: what it takes to open them holds up nobody who measures.
 * It ends with this process.
 */
export class Crowd {
  private readonly child: ChildProcess = fork(join(import.meta.dirname, 'crowd-process.mts'), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });

  /** @returns how long it took, in seconds */
  async tell(order: Order): Promise<number> {
    this.child.send(order);
    const [done] = (await once(this.child, 'message')) as [Done];
    if ('error' in done) throw new Error(done.error);
    return done.seconds;
  }

  end(): void {
    this.child.kill('SIGKILL');
  }
}
