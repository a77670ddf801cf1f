/** For a server under test: collects all garbage when it gets SIGUSR2, so that what it then has is what it needs. */
process.on('SIGUSR2', () => globalThis.gc({ type: 'major', execution: 'sync', flavor: 'last-resort' }));
