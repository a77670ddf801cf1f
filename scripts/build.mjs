import { build, buildIfNeeded } from './lib/build.mjs';
import { requireNode } from './lib/require-node.mjs';

requireNode();
if (process.argv.includes('--if-needed')) buildIfNeeded();
else build();
