/**
 * The river: imports point upstream. A module imports only modules to its left in this list, which is also the order in
 * which facts flow the other way.
 */
const RIVER = [
  'vault',
  'ledger',
  'account',
  'party',
  'source',
  'interaction',
  'signal',
  'point',
  'agreement',
  'casefile',
  'procedure',
  'care',
  'outbox',
  'bundle',
  'desk',
];

const MODULES = '^apps/evenkeel/src/modules';
const KERNEL = '^apps/evenkeel/src/kernel/';

/** The roles of a file that may touch more than pure code. */
const ROLES = 'store|actions|routes|follower|worker';
const ROLE_FILE = `\\.(${ROLES})\\.ts$`;

function downstream(module, place) {
  return {
    name: `river-${module}`,
    comment: `${module} may import only what is upstream of it: ${['kernel', ...RIVER.slice(0, place)].join(', ')}.`,
    severity: 'error',
    from: { path: `${MODULES}/${module}/` },
    to: { path: `${MODULES}/(${RIVER.slice(place + 1).join('|')})/` },
  };
}

function forbidden(name, comment, from, to) {
  return { name, comment, severity: 'error', from, to };
}

/** What a file can do follows from what it runs; the names of types may be used everywhere upstream. */
function role(name, comment, from, to) {
  return forbidden(name, comment, from, { ...to, dependencyTypesNot: ['type-only'] });
}

const sides = [
  forbidden(
    'kernel-knows-no-module',
    'The kernel holds words that every module shares, so it can import none of them.',
    { path: KERNEL },
    { path: '^apps/evenkeel/src/(?!kernel/)' },
  ),
  forbidden(
    'module-knows-no-surface',
    'Modules are used by the program, the application and the command line, never the other way round.',
    { path: `${MODULES}/` },
    { path: '^apps/evenkeel/src/(?!kernel/|modules/)' },
  ),
  forbidden(
    'unknown-module',
    'A new module gets its place in the river before it is imported.',
    { path: '^apps/evenkeel/src/' },
    { path: `${MODULES}/(?!(${RIVER.join('|')})/)` },
  ),
  forbidden(
    'cli-uses-no-store',
    'The command line speaks the same language as the web: it never reaches into a module’s tables.',
    { path: '^apps/evenkeel/src/cli/' },
    { path: `${MODULES}/.+\\.store\\.ts$` },
  ),
  forbidden(
    'package-knows-no-app',
    'A package is what a stranger could install alone.',
    { path: '^packages/' },
    { path: '^apps/' },
  ),
  forbidden(
    'package-knows-no-other-package',
    'Packages stand alone; an app brings them together.',
    { path: '^packages/([^/]+)/src/' },
    { path: '^packages/', pathNot: '^packages/$1/' },
  ),
  forbidden(
    'web-knows-no-server',
    'The web client knows the server by its contract only.',
    { path: '^apps/web/src/' },
    { path: '^apps/evenkeel/' },
  ),
  forbidden(
    'web-reads-no-records',
    'Foreign bytes are read by the server.',
    { path: '^apps/web/src/' },
    { path: '^packages/records/' },
  ),
  forbidden(
    'source-knows-no-test',
    'What is shipped does not need what checks it.',
    { path: '^(apps|packages)/[^/]+/src/' },
    { path: '^(apps|packages)/[^/]+/test/|^scripts/' },
  ),
];

const roles = [
  role(
    'pure-stays-pure',
    'A file without a role decides and applies; it reads no table, no file and no network.',
    { path: `${MODULES}/.+\\.ts$`, pathNot: ROLE_FILE },
    { path: `${MODULES}/.+${ROLE_FILE}` },
  ),
  role(
    'store-is-the-bottom',
    'A store knows the kernel, pure files and its own module’s stores: no other table, no action.',
    { path: `${MODULES}/([^/]+)/.+\\.store\\.ts$` },
    { path: `${MODULES}/.+${ROLE_FILE}`, pathNot: `${MODULES}/$1/.+\\.store\\.ts$` },
  ),
  role(
    'actions-use-their-own-store',
    'Another module is used through its actions; only the ledger and the vault lend their stores.',
    { path: `${MODULES}/([^/]+)/.+\\.actions\\.ts$` },
    { path: `${MODULES}/.+\\.store\\.ts$`, pathNot: `${MODULES}/($1|ledger|vault)/` },
  ),
  role(
    'actions-know-no-door',
    'An action does not know who asks.',
    { path: `${MODULES}/.+\\.actions\\.ts$` },
    { path: `${MODULES}/.+\\.(routes|follower)\\.ts$` },
  ),
  role(
    'routes-use-actions',
    'A route translates between HTTP and an action.',
    { path: `${MODULES}/.+\\.routes\\.ts$` },
    { path: `${MODULES}/.+\\.(store|follower|worker)\\.ts$` },
  ),
  role(
    'followers-use-their-own-store',
    'A follower writes its own module’s projections; another module is used through its actions.',
    { path: `${MODULES}/([^/]+)/.+\\.follower\\.ts$` },
    { path: `${MODULES}/.+\\.(store|routes)\\.ts$`, pathNot: `${MODULES}/$1/.+\\.store\\.ts$` },
  ),
];

const everywhere = [
  forbidden(
    'no-circles',
    'Two files that need each other are one file. A page that is loaded when it is shown may name its router.',
    {},
    { circular: true, viaOnly: { dependencyTypesNot: ['dynamic-import'] } },
  ),
  forbidden('resolvable', 'What is imported exists and is installed.', {}, { couldNotResolve: true }),
];

module.exports = {
  forbidden: [...RIVER.slice(0, -1).map(downstream), ...sides, ...roles, ...everywhere],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/|/generated/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
