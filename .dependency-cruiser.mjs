// The walls: who may import whom. Each rule is proved to catch its violation in tests/architecture/walls.test.ts.

const DATABASE = `(^|/)node_modules/(@types/)?(typeorm|mysql2|better-sqlite3)/`;
const NPM = `(^|/)node_modules/`;
const CODE = '^(src|adapters|migrations|sandbox|bench|scripts|tests)/';

/** npm packages, by folder, that are pure data or pure functions. */
const pure = (...names) => `(^|/)node_modules/(${names.join('|')})/`;

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    forbid(
      'crm-knows-no-machinery',
      'The core knows no clock, network, platform or store: inside the project it imports crm, policy, channel, errors and ids.',
      { path: '^src/crm/' },
      { path: CODE, pathNot: String.raw`^src/((crm|policy|channel)/|(errors|ids)\.ts$)` },
    ),
    forbid(
      'crm-knows-no-builtins',
      'The core asks the machine for nothing: time, randomness and files come in through tx.',
      { path: '^src/crm/' },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'crm-npm-is-pure',
      'From npm the core takes only pure data and pure functions.',
      { path: '^src/crm/' },
      { path: NPM, pathNot: pure('zod', 'chinese-days', 'opencc-js', 'pinyin-pro') },
    ),
    forbid(
      'policy-stands-alone',
      'The policy document is read without the rest of the product.',
      { path: '^src/policy/' },
      { path: CODE, pathNot: '^src/policy/' },
    ),
    forbid(
      'policy-npm-is-pure',
      'From npm the policy takes only its shape checker and its reader.',
      { path: '^src/policy/' },
      { path: NPM, pathNot: pure('zod', 'yaml') },
    ),
    forbid(
      'policy-knows-no-builtins',
      'Files are read at the edge; the policy is handed text.',
      { path: '^src/policy/' },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'channel-is-only-types',
      'The port between core and adapters imports nothing outside itself.',
      { path: '^src/channel/' },
      { pathNot: '^src/channel/' },
    ),
    forbid(
      'only-persistence-knows-the-database',
      'TypeORM and the drivers stay behind the repositories.',
      { path: '^(src|adapters|sandbox)/', pathNot: '^src/persistence/' },
      { path: DATABASE },
    ),
    forbid(
      'only-the-composition-root-joins-persistence',
      'Everyone else gets a repository or a unit of work handed in.',
      { path: '^src/', pathNot: String.raw`^src/(persistence/|(app|cli|installation)\.ts$)` },
      { path: '^(src/persistence|migrations)/' },
    ),
    forbid(
      'only-the-composition-root-joins-adapters',
      'Which platforms exist is known in one place.',
      { path: '^src/', pathNot: String.raw`^src/((app|cli)\.ts$|commands/)` },
      { path: '^adapters/' },
    ),
    forbid(
      'adapters-are-reached-by-their-list',
      'The composition root takes the channels from adapters/index.ts, never one adapter.',
      { path: String.raw`^src/(app|cli|installation)\.ts$` },
      { path: '^adapters/', pathNot: String.raw`^adapters/index\.ts$` },
    ),
    forbid(
      'adapters-know-only-the-port',
      'An adapter imports src/channel, its own folder, npm and node; never the core or the store.',
      { path: '^adapters/' },
      { path: CODE, pathNot: '^(adapters|src/channel)/' },
    ),
    forbid(
      'adapters-do-not-know-each-other',
      "A platform's word never leaves its folder.",
      { path: '^adapters/([^/]+)/' },
      { path: '^adapters/', pathNot: '^adapters/$1/' },
    ),
    forbid(
      'nothing-imports-the-composition-root',
      'Parts are handed to the application; they do not reach for it.',
      { path: '^src/', pathNot: String.raw`^src/(cli\.ts$|commands/)` },
      { path: String.raw`^src/(app|cli|installation)\.ts$` },
    ),
    forbid(
      'product-does-not-know-its-surroundings',
      'Sandbox, bench, scripts and tests use the product, never the other way round.',
      { path: '^(src|adapters|migrations)/' },
      { path: '^(sandbox|bench|scripts|tests)/' },
    ),
    forbid(
      'product-runs-without-dev-dependencies',
      'A production install has only `dependencies`, each named in package.json.',
      { path: '^(src|adapters|migrations)/' },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    ),
    forbid('no-unknown-import', 'Every import leads somewhere.', {}, { couldNotResolve: true }),
    forbid('no-cycle', 'Two files that need each other are one idea in the wrong place.', {}, { circular: true }),
    forbid('no-orphan', 'A file nobody imports is dead.', { orphan: true, path: '^src/' }, {}),
  ],
  options: {
    doNotFollow: { path: NPM },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default', 'require'],
    },
  },
};
