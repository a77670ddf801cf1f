/** Imports run one way: each library may import only those that stand before it. */
const LIBRARIES = ['platform', 'database', 'users', 'chats', 'media', 'messages', 'realtime'];

/** Packages that speak HTTP or sockets, and Node's own modules for it. */
const TRANSPORTS = [
  '^node_modules/@?fastify/',
  '^node_modules/@nestjs/(platform-[a-z.]+|swagger|websockets|passport)/',
  '^node_modules/(socket[.]io|engine[.]io|ws|passport|passport-jwt)/',
  '^(node:)?(http|https|http2)$',
];

const oneWay = LIBRARIES.map((library, rank) => ({
  name: `one-way-${library}`,
  comment: `libs/${library} may import ${LIBRARIES.slice(0, rank).join(', ') || 'nothing of ours'}.`,
  severity: 'error',
  from: { path: `^libs/${library}/` },
  to: { path: `^(apps|libs/(${LIBRARIES.slice(rank + 1).join('|') || '-'}))/` },
}));

export default {
  forbidden: [
    ...oneWay,
    {
      name: 'known-library',
      comment: 'A new library takes its place in the order: add it to LIBRARIES.',
      severity: 'error',
      from: {},
      to: { path: '^libs/', pathNot: `^libs/(${LIBRARIES.join('|')})/` },
    },
    {
      name: 'through-the-door',
      comment: 'A library is imported through its index.ts only.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/[^/]+/src/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'through-the-door-from-outside',
      comment: 'A library is imported through its index.ts only, except by its own tests.',
      severity: 'error',
      from: { path: '^(?:apps|test)/([^/]+)' },
      to: { path: '^libs/[^/]+/src/', pathNot: ['^libs/[^/]+/src/index\\.ts$', '^libs/$1/'] },
    },
    {
      name: 'no-cycles',
      comment: 'A file that needs, in the end, itself hides an idea that wants a file of its own.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'libraries-know-no-transport',
      comment: 'Libraries know no HTTP and no socket: they throw named errors, and dialects translate.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: TRANSPORTS },
    },
    {
      name: 'dialects-stand-alone',
      comment: 'Removing a dialect is deleting its folder and its line in app.module.ts.',
      severity: 'error',
      from: { path: '^apps/server/src/dialects/([^/]+)/' },
      to: { path: '^apps/server/src/dialects/', pathNot: '^apps/server/src/dialects/$1/' },
    },
    {
      name: 'dialects-are-named-once',
      comment: 'Only the assembly knows which dialects there are.',
      severity: 'error',
      from: { path: '^apps/', pathNot: '^apps/server/src/(dialects/|app\\.module\\.ts$|create-app\\.ts$)' },
      to: { path: '^apps/server/src/dialects/' },
    },
    {
      name: 'end-to-end-means-outside',
      comment: 'End-to-end tests know the server by its wire only.',
      severity: 'error',
      from: { path: '^test/.+\\.e2e\\.ts$' },
      to: { path: '^(apps|libs)/' },
    },
    {
      name: 'no-tests-in-source',
      severity: 'error',
      from: { path: '^(apps|libs)/' },
      to: { path: '^(test|scripts)/' },
    },
    {
      name: 'no-development-packages',
      comment: 'What runs in production is among the dependencies.',
      severity: 'error',
      from: { path: '^(apps|libs)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '^node_modules/@types/' },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: '^(node_modules|dist)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
