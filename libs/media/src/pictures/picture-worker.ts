import { ChildProcess, fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { MAX_SECONDS } from './picture-limits';
import type { AnswerTo, Task } from './picture-process';

const IDLE_MS = 10_000;

/** One process for pictures: started when there is work, stopped when there has been none for a while. */
export class PictureWorker {
  private child: ChildProcess | undefined;
  private idle: NodeJS.Timeout | undefined;

  /** One task at a time. A picture that takes too long, or takes its process along, is unreadable. */
  async run<Asked extends Task>(task: Asked): Promise<AnswerTo<Asked>> {
    clearTimeout(this.idle);
    const child = (this.child ??= start());
    const answer = await ask(child, task);
    if (answer) this.idle = setTimeout(() => this.stop(), IDLE_MS).unref();
    else this.stop();
    return answer ?? { problem: 'unreadable' };
  }

  stop(): void {
    clearTimeout(this.idle);
    this.child?.kill('SIGKILL');
    this.child = undefined;
  }
}

/** It knows no settings and so no secrets, and as much memory as it needs. */
function start(): ChildProcess {
  const child = fork(require.resolve('./picture-process'), [], {
    env: { MALLOC_ARENA_MAX: '2', UV_THREADPOOL_SIZE: '2' },
    execArgv: ['--disable-warning=ExperimentalWarning', '--max-old-space-size=64'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  try {
    setPriority(child.pid ?? 0, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Not allowed here, or it could not be started: then asking it shows that.
  }
  return child;
}

/** Undefined if it did not answer. */
function ask<Asked extends Task>(child: ChildProcess, task: Asked): Promise<AnswerTo<Asked> | undefined> {
  return new Promise((resolve) => {
    const settle = (answer?: AnswerTo<Asked>): void => {
      clearTimeout(timer);
      child.off('message', onAnswer).off('exit', onEnd).off('error', onEnd);
      resolve(answer);
    };
    const onAnswer = (answer: unknown): void => settle(answer as AnswerTo<Asked>);
    const onEnd = (): void => settle();
    const timer = setTimeout(onEnd, MAX_SECONDS * 1000);
    child.once('message', onAnswer).once('exit', onEnd).once('error', onEnd);
    child.send(task, (error) => error && settle());
  });
}
