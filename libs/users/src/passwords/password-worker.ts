import type { compareSync, hashSync } from 'bcrypt';

/**
 * Runs in threads of their own, and also as it stands here, unbuilt, by Node's type stripping:
 * so it has no static import and no other export than its function.
 */
export type PasswordTask =
  | { readonly do: 'hash'; readonly password: string; readonly cost: number }
  | { readonly do: 'compare'; readonly password: string; readonly hash: string };

interface Bcrypt {
  readonly compareSync: typeof compareSync;
  readonly hashSync: typeof hashSync;
}

let ready: Promise<Bcrypt> | undefined;

module.exports = async function run(task: PasswordTask): Promise<string | boolean> {
  // Loaded with the first task, so that a failure is the answer to it and no silence.
  const bcrypt = await (ready ??= prepare());
  if (task.do === 'hash') return bcrypt.hashSync(task.password, task.cost);
  return bcrypt.compareSync(task.password, task.hash);
};

async function prepare(): Promise<Bcrypt> {
  await yieldToServer();
  return (await import('bcrypt')).default;
}

/** Whoever logs in can wait; messages can't. Only Linux gives threads a priority, elsewhere it would be the server's. */
async function yieldToServer(): Promise<void> {
  if (process.platform !== 'linux') return;
  const { setPriority } = await import('node:os');
  try {
    setPriority(0, 10);
  } catch {
    // Not allowed here: it works at the usual priority, too.
  }
}
