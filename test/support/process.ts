import { existsSync, readFileSync } from 'node:fs';

/** Memory that a process has in use, or undefined where the system doesn't say (no `/proc`). */
export function residentBytes(pid: number): number | undefined {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return undefined;
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(file, 'utf8'))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

/** The most memory that a process ever had in use; 0 if it has ended, or where the system doesn't say. */
export function peakBytes(pid: number): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readProc(`${pid}/status`))?.[1] ?? 0) * 1024;
}

/** The processes that it has started, and that have not ended. */
export function childrenOf(pid: number): number[] {
  return readProc(`${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
}

function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch {
    return '';
  }
}

/** How long a process has stood ready to run and had to wait for a processor; 0 where the system doesn't say. */
export function waitedForProcessorMs(pid: number): number {
  const file = `/proc/${pid}/schedstat`;
  if (!existsSync(file)) return 0;
  const [, waitedNs = '0'] = readFileSync(file, 'utf8').trim().split(' ');
  return Number(waitedNs) / 1e6;
}
