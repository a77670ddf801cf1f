import { buildServers } from './kinds';
import { SharedServers } from './shared-servers';

declare global {
  var sharedServers: SharedServers | undefined;
}

/** @param options of the run: one of some files alone is not kept waiting for what they may not need */
export default async function setup({ nonFlagArgs = [] }: { nonFlagArgs?: readonly string[] }): Promise<void> {
  globalThis.sharedServers = new SharedServers();
  await globalThis.sharedServers.open();
  if (nonFlagArgs.length > 0) return;
  // Whoever needs one tries again, and tells.
  await buildServers().catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
}
