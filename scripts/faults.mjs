import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readIfThere } from './lib/difference.mjs';
import { inRoot } from './lib/paths.mjs';

/** `npm run faults`: every fault as often as it takes to believe the result, and what came of it as tables in Markdown. */
const folder = mkdtempSync(join(tmpdir(), 'chat-faults-'));
const [report, times, overloads] = ['report.md', 'times.md', 'overloads.md'].map((name) => join(folder, name));
const jest = inRoot('node_modules', 'jest', 'bin', 'jest.js');
const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    jest,
    '--selectProjects',
    'faults',
    '-i',
  ].concat(process.argv.slice(2)),
  {
    cwd: inRoot('.'),
    stdio: ['ignore', 2, 2],
    env: {
      ...process.env,
      CI: 'true',
      FAULTS: 'full',
      FAULTS_REPORT: report,
      FAULTS_TIMES: times,
      FAULTS_OVERLOADS: overloads,
    },
  },
);
console.log('| fault | runs | acknowledged | lost | doubled | gaps | dangling |\n|---|---|---|---|---|---|---|');
console.log(readIfThere(report));
console.log('| ended on one node | ms |\n|---|---|');
console.log(readIfThere(times));
console.log(
  '| overload | messages/s | stored/s at 4 times that | refused | answers p99 ms | reads p99 ms | held MB | resident MB |',
);
console.log('|---|---|---|---|---|---|---|---|');
console.log(readIfThere(overloads));
rmSync(folder, { recursive: true });
process.exit(status ?? 1);
