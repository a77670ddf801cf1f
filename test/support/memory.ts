import { resolve } from 'node:path';
import { request } from './api';
import { residentBytes } from './process';
import type { Environment, ServerNode } from './server-node';

/**
 * For servers whose memory is looked at: they collect their garbage when told to, and glibc gives back what they freed.
 * By itself it keeps that, and the system shows how much there once was.
 */
export const MEASURABLE: Environment = {
  NODE_OPTIONS: `--expose-gc --require=${resolve(__dirname, 'collect-on-signal.cjs')}`,
  MALLOC_ARENA_MAX: '2',
  MALLOC_TRIM_THRESHOLD_: '131072',
  MALLOC_MMAP_THRESHOLD_: '60000',
};

export interface Memory {
  /** What the program holds: objects, and buffers outside of the heap. */
  readonly heldBytes: number;
  /** What the system has given it; 0 where the system doesn't say. */
  readonly residentBytes: number;
}

export async function measureMemory(node: ServerNode): Promise<Memory> {
  process.kill(node.pid, 'SIGUSR2');
  // It is answered after the signal.
  await request('GET', `${node.url}/health`);
  const { text } = await request('GET', `${node.url}/metrics`);
  const heldBytes = gauge(text, 'nodejs_heap_size_used_bytes') + gauge(text, 'nodejs_external_memory_bytes');
  return { heldBytes, residentBytes: residentBytes(node.pid) ?? 0 };
}

function gauge(metrics: string, name: string): number {
  const value = Number(new RegExp(`^${name} (.+)$`, 'm').exec(metrics)?.[1]);
  if (Number.isNaN(value)) throw new Error(`the metrics have no ${name}`);
  return value;
}
