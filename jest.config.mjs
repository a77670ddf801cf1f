/** What both kinds of tests share: the TypeScript runs as the build compiles it, by the options in .swcrc. */
const shared = {
  testEnvironment: 'node',
  transform: { '\\.ts$': '@swc/jest' },
  roots: ['<rootDir>/test'],
};

export default {
  // End-to-end tests each start servers of their own: more at once would only make them wait for each other.
  maxWorkers: 2,
  // Only here: a project's own is ignored.
  testTimeout: 60_000,
  projects: [
    { ...shared, displayName: 'in process', testMatch: ['**/*.spec.ts'] },
    { ...shared, displayName: 'end to end', testMatch: ['**/*.e2e.ts'] },
  ],
};
