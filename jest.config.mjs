/** What both kinds of tests share: the TypeScript runs as the build compiles it, by the options in .swcrc. */
const shared = {
  testEnvironment: 'node',
  transform: { '\\.ts$': '@swc/jest' },
  roots: ['<rootDir>/test'],
  // Named by every project, and run once.
  globalSetup: '<rootDir>/test/support/servers/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/servers/global-teardown.ts',
  setupFilesAfterEnv: ['<rootDir>/test/support/once-more-in-ci.ts'],
};

export default {
  // End-to-end tests each start servers of their own: more at once would only make them wait for each other.
  maxWorkers: 2,
  // Only here: a project's own is ignored.
  testTimeout: 120_000,
  projects: [
    { ...shared, displayName: 'in process', testMatch: ['**/*.spec.ts'] },
    { ...shared, displayName: 'embedded', testMatch: ['**/*.e2e.ts'] },
    {
      ...shared,
      displayName: 'cluster',
      testMatch: ['**/*.e2e.ts'],
      // What is about the embedded store alone says so in its name.
      testPathIgnorePatterns: ['\\.embedded\\.e2e\\.ts$'],
      globals: { testedStores: 'cluster' },
      setupFilesAfterEnv: [...shared.setupFilesAfterEnv, '<rootDir>/test/support/servers/cluster-or-skip.ts'],
    },
    { ...shared, displayName: 'faults', testMatch: ['**/*.faults.ts'] },
  ],
};
