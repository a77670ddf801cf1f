import { spawnSync } from 'node:child_process';

const CANDIDATES = ['python3', '/usr/bin/python3'];

/** A Python that has these modules, or the reason why there is none. */
export function findPython(modules: readonly string[]): { python: string } | { reason: string } {
  const script = modules.map((name) => `import ${name}`).join('\n');
  const python = CANDIDATES.find((candidate) => spawnSync(candidate, ['-c', script]).status === 0);
  return python === undefined ? { reason: `no Python has ${modules.join(' and ')}` } : { python };
}
