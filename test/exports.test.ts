import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '..');
const PRODUCT = ['bin', 'lambdas', 'lib'];

/** Files whose exports are used from outside of the project's own imports. */
const ENTRY_POINTS: readonly { readonly files: RegExp; readonly usedBy: string }[] = [
  { files: /^lambdas\/collectors\/[^/]+\/handler\.ts$/, usedBy: 'Lambda' },
  {
    files: /^lambdas\/aws\/(environment-credentials|no-endpoint-discovery|no-event-streams)\.ts$/,
    usedBy: 'the SDK, in bundles',
  },
  { files: /^(lambdas|lib|lib\/serve)\/index\.ts$/, usedBy: 'packages that install this one' },
];

/** Exports that only tests import. */
const FOR_TESTS: readonly { readonly file: string; readonly names: string[]; readonly why: string }[] = [
  { file: 'lambdas/lambda-handler.ts', names: ['CollectorFactory'], why: 'tests pass a collector in' },
  { file: 'lambdas/ledger/take-run.ts', names: ['Claim'], why: 'tests build claims' },
  {
    file: 'lambdas/collectors/user-costs/resource-breakdown.ts',
    names: ['RegionResourceCosts'],
    why: 'tests build costs',
  },
  {
    file: 'lambdas/collectors/user-costs/user-breakdown.ts',
    names: ['RegionUserCosts'],
    why: 'tests build costs',
  },
  {
    file: 'lambdas/collectors/digest/visible-text.ts',
    names: ['widthOf'],
    why: 'tests measure the tables of the digest',
  },
  { file: 'lambdas/domain/amounts.ts', names: ['InvalidAmountError'], why: 'tests expect the class' },
  { file: 'lambdas/sinks/pushgateway.ts', names: ['groupUrl'], why: 'tests read pushed groups' },
  {
    file: 'lib/local/aws/server.ts',
    names: ['AwsFault', 'MemberRole'],
    why: 'tests set up the simulated AWS',
  },
  {
    file: 'lib/local/aws/dynamodb/operations.ts',
    names: ['LEDGER_TABLE'],
    why: 'tests name the table without a template',
  },
  { file: 'lib/local/bill/generated.ts', names: ['GeneratedBillOptions'], why: 'tests generate bills' },
  {
    file: 'lib/local/faults/gateway-proxy.ts',
    names: ['GatewayFault', 'GatewayProxy', 'GatewayProxyOptions', 'startGatewayProxy'],
    why: 'only tests provoke faults of the gateway',
  },
  { file: 'lib/local/lambda.ts', names: ['startFunction'], why: 'tests measure a function that stays warm' },
  { file: 'lib/local/servers/programs.ts', names: ['ProgramName'], why: 'tests name the programs they need' },
  {
    file: 'lib/local/servers/prometheus.ts',
    names: ['startReceiver'],
    why: 'tests write to a real receiver of remote write',
  },
  {
    file: 'lib/local/aws/aps/workspace.ts',
    names: ['simulatedWorkspace'],
    why: 'tests write to a simulated workspace and read its samples',
  },
  { file: 'lib/local/servers/promtool.ts', names: ['checkMetrics'], why: 'tests check expositions' },
  {
    file: 'lib/local/stay-up.ts',
    names: ['startPage'],
    why: 'tests open the page without waiting for Ctrl-C',
  },
];

const FILES: ReadonlyMap<string, string> = new Map(
  [...PRODUCT, 'test'].flatMap((folder) => sourcesIn(folder)).map((file) => [file, codeOf(file)]),
);

test('every export is imported by another file of the product', () => {
  expect(exportsUnusedBy(PRODUCT)).toEqual(FOR_TESTS.flatMap(({ file, names }) => idsOf(file, names)).sort());
});

test('every export is imported by another file or a test', () => {
  expect(exportsUnusedBy([...PRODUCT, 'test'])).toEqual([]);
});

test.each([
  ['export const a = 1;\nexport async function b() {}\nconst c = 1;', ['a', 'b']],
  [
    'export type { A, B as C } from "./a";\nexport abstract class D {}\nexport interface E {}',
    ['A', 'C', 'D', 'E'],
  ],
])('exports of a file are found: %j', (code, names) => {
  expect(exportsIn(code).sort()).toEqual(names);
});

test.each([
  ["import a, { type B, c as d } from './e';", [['test/e', ['B', 'c']]]],
  [
    "import {\n  a,\n} from '../lib/f';\nexport { g } from './h';",
    [
      ['lib/f', ['a']],
      ['test/h', ['g']],
    ],
  ],
  [
    "import * as a from './b';\nawait import('./c');",
    [
      ['test/b', ['*']],
      ['test/c', ['*']],
    ],
  ],
])('imports of a file are found: %j', (code, found) => {
  expect(importsIn('test/x.ts', code)).toEqual(found);
});

/** Returns `file: name` for each export that no other file of the folders imports, sorted. */
function exportsUnusedBy(folders: readonly string[]): string[] {
  const used = new Set<string>();
  for (const [file, code] of FILES)
    if (folders.some((folder) => file.startsWith(`${folder}/`)))
      for (const [target, names] of importsIn(file, code))
        for (const id of idsOf(target, names)) used.add(id);
  return [...FILES]
    .filter(([file]) => !file.startsWith('test/') && !ENTRY_POINTS.some(({ files }) => files.test(file)))
    .filter(([file]) => !used.has(idOf(file, '*')))
    .flatMap(([file, code]) => idsOf(file, exportsIn(code)))
    .filter((id) => !used.has(id))
    .sort();
}

function idsOf(file: string, names: readonly string[]): string[] {
  return names.map((name) => idOf(file, name));
}

function idOf(file: string, name: string): string {
  return `${file.replace(/\.ts$/, '')}: ${name}`;
}

function exportsIn(code: string): string[] {
  const declared = code.matchAll(
    /^export (?:declare |abstract |async )*(?:const|let|function\*?|class|interface|type|enum) (\w+)/gm,
  );
  const listed = code.matchAll(/^export (?:type )?\{([^}]*)\}/gm);
  return [
    ...[...declared].map(([, name = '']) => name),
    ...[...listed].flatMap(([, names = '']) => namesIn(names).map(({ outside }) => outside)),
  ];
}

/** Returns each imported file without its extension, and the names that are imported; `*` stands for all. */
function importsIn(file: string, code: string): [file: string, names: string[]][] {
  const found = code.matchAll(/^(?:import|export)\s([^;'"]*?)\sfrom '(\.[^']+)'|import\('(\.[^']+)'\)/gm);
  return [...found].map(([, clause = '*', from, dynamic]) => [
    path.posix.join(path.posix.dirname(file), from ?? dynamic ?? ''),
    clause.includes('*')
      ? ['*']
      : namesIn(clause.replace(/^[^{]*\{|\}.*$/gs, '')).map(({ inside }) => inside),
  ]);
}

/** Reads a list such as `a, type B, c as d`. */
function namesIn(list: string): { inside: string; outside: string }[] {
  const items = list.split(',').map((item) => item.trim().replace(/^type /, ''));
  return items
    .filter((item) => item !== '')
    .map((item) => item.split(' as '))
    .map(([inside = '', outside = inside]) => ({ inside, outside }));
}

function sourcesIn(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => path.posix.join(folder, file));
}

function codeOf(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}
