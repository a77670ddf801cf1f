import { buildIfNeeded } from './lib/build.mjs';
import { requireNode } from './lib/require-node.mjs';

requireNode();
buildIfNeeded();
// In this very process, so that a signal reaches the server itself.
await import('../dist/apps/server/src/main.js');
