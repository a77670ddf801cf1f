import { SharedServers } from './shared-servers';

declare global {
  var sharedServers: SharedServers | undefined;
}

export default async function setup(): Promise<void> {
  globalThis.sharedServers = new SharedServers();
  await globalThis.sharedServers.open();
}
