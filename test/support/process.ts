import { existsSync, readFileSync } from 'node:fs';

/** Memory that a process has in use, or undefined where the system doesn't say (no `/proc`). */
export function residentBytes(pid: number): number | undefined {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return undefined;
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(file, 'utf8'))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

/** How long a process has stood ready to run and had to wait for a processor; 0 where the system doesn't say. */
export function waitedForProcessorMs(pid: number): number {
  const file = `/proc/${pid}/schedstat`;
  if (!existsSync(file)) return 0;
  const [, waitedNs = '0'] = readFileSync(file, 'utf8').trim().split(' ');
  return Number(waitedNs) / 1e6;
}
