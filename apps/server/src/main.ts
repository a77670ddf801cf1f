import { setFlagsFromString } from 'node:v8';

/** From here on the embedded store's binary runs; on older versions it takes the process down without a word. */
const OLDEST_NODE = [22, 13] as const;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
  process.stderr.write(`Node ${OLDEST_NODE.join('.')} or newer is needed, and this is ${process.versions.node}.\n`);
  process.exit(1);
}

// By itself V8 marks the old generation of a quiet server again when it has grown by a tenth, and on a machine of one or
// two CPUs messages wait for the threads that do it. By this it waits until there is three times as much: a thousand who
// come back at once bring half as much as there was, so that most such crowds come and go without it.
setFlagsFromString('--heap-growing-percent=200');

// Starting makes much garbage, once. Without this the heap's young generation would grow to hold it, and keep 30 MB for good.
setFlagsFromString('--semi-space-growth-factor=1');

// Only now: what is imported would fail on an older Node before it could be said why.
void import('./start.js')
  .then(({ start }) => start())
  .finally(() => setFlagsFromString('--semi-space-growth-factor=2'));
