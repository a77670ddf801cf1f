/**
 * Writes the files that follow from the source: `npm run generate`.
 * With `--check` writes nothing, and fails if one of them is not true any more.
 */
import { writeFileSync } from 'node:fs';
import { renderArchitecture } from './lib/architecture.mjs';
import { describeDifference, readIfThere } from './lib/difference.mjs';
import { loadBuilt } from './lib/load-built.mjs';
import { inRoot } from './lib/paths.mjs';

const GENERATED = [
  {
    file: '.env.example',
    render: () => loadBuilt('libs/platform/src/index.js').renderEnvExample(),
  },
  {
    file: 'docs/openapi.json',
    render: () => loadBuilt('apps/server/src/openapi.js').renderOpenApi(),
  },
  { file: 'docs/architecture.md', render: renderArchitecture },
];

const checkOnly = process.argv.includes('--check');
let failures = 0;

for (const { file, render } of GENERATED) {
  try {
    const before = readIfThere(inRoot(file));
    const after = await render(before);
    if (before === after) continue;
    if (!checkOnly) {
      writeFileSync(inRoot(file), after);
      console.log(`${file} written`);
      continue;
    }
    failures++;
    console.error(
      `${file} is not what the source says; run \`npm run generate\`:\n${describeDifference(before, after)}`,
    );
  } catch (error) {
    failures++;
    console.error(`${file} can't be generated: ${error.message}`);
  }
}

// Whatever the built application has opened ends here.
process.exit(failures === 0 ? 0 : 1);
