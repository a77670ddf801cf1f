const MINIMUM = [22, 13];

/** Ends the process with a sentence that helps, where Node is too old for the embedded store. */
export function requireNode(given = process.versions.node) {
  const [major = 0, minor = 0] = given.split('.').map(Number);
  if (major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1])) return;
  console.error(
    `This is Node ${given}, but Node ${MINIMUM.join('.')} or newer is needed.\n` +
      'Run `npm ci` and then `npm start`: npm scripts use the Node 24 that `npm ci` installs.',
  );
  process.exit(1);
}
