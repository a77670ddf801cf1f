import { ChildProcess, spawn } from 'node:child_process';

/**
 * Ends a process, and removes its folder, when the one that started it is gone, however it went:
 * a test runner that is killed runs no exit hook. A shell waits for the end of its input, which the system closes for the dead.
 */
export class Leash {
  private readonly watcher: ChildProcess;

  constructor(pid: number, folder: string) {
    this.watcher = spawn('/bin/sh', ['-c', 'read _; kill -9 "$0"; rm -rf "$1"', String(pid), folder], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    });
    this.watcher.stdin?.on('error', () => undefined);
    this.watcher.unref();
  }

  /** The process has ended: its id may soon be someone else's. */
  drop(): void {
    this.watcher.kill('SIGKILL');
  }
}
