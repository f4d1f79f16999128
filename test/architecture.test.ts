import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { METRICS } from '../lambdas/catalog/metrics';

const ROOT = path.join(__dirname, '..');

/** Imports that a file may have, by its folder; the first row that matches a file counts. */
const ARROWS: readonly { readonly files: RegExp; readonly mayImport: readonly RegExp[] }[] = [
  { files: /^lambdas\/catalog\//, mayImport: [/^(valibot|fastest-levenshtein)$/, /^lambdas\/catalog\//] },
  { files: /^lambdas\/promql\//, mayImport: [/^lambdas\/(catalog|promql)\//] },
  { files: /^lambdas\/domain\//, mayImport: [/^big\.js$/, /^lambdas\/(catalog|domain)\//] },
  {
    files: /^lambdas\/collectors\/[^/]+\/handler\.ts$/,
    mayImport: [/^lambdas\/lambda-handler$/, /^lambdas\/collectors\/SAME\//],
  },
  {
    files: /^lambdas\/collectors\/[^/]+\/source\.ts$/,
    mayImport: [
      /^@aws-sdk\//,
      /^lambdas\/(aws|catalog|domain)\//,
      /^lambdas\/bundled$/,
      /^lambdas\/collectors\/SAME\//,
    ],
  },
  {
    files: /^lambdas\/collectors\/digest\/webhook\.ts$/,
    mayImport: [
      /^node:timers\/promises$/,
      /^lambdas\/catalog\//,
      /^lambdas\/timeout-signal$/,
      /^lambdas\/collectors\/SAME\//,
    ],
  },
  {
    files: /^lambdas\/collectors\//,
    mayImport: [
      /^lambdas\/(catalog|domain|metrics|promql)\//,
      /^lambdas\/(collector|each-region|failure|timeout-signal|unreachable)$/,
      /^lambdas\/collectors\/SAME\//,
    ],
  },
  {
    files: /^lambdas\/aws\//,
    mayImport: [/^@(aws-sdk|smithy)\//, /^node:crypto$/, /^lambdas\/(aws|catalog|domain)\//],
  },
  {
    files: /^lambdas\/metrics\//,
    mayImport: [/^prom-client/, /^lambdas\/(catalog|domain|metrics)\//, /^lambdas\/bundled$/],
  },
  {
    files: /^lambdas\/ledger\//,
    mayImport: [
      /^valibot$/,
      /^node:/,
      /^@aws-sdk\/client-dynamodb$/,
      /^lambdas\/(ledger|metrics)\//,
      /^lambdas\/sinks\/sink$/,
      /^lambdas\/(bundled|failure|timeout-signal)$/,
    ],
  },
  {
    files: /^lambdas\/own\//,
    mayImport: [
      /^prom-client/,
      /^lambdas\/(aws|catalog|metrics|own|sinks)\//,
      /^lambdas\/(collector|failure|in-parallel|lambda-handler|read-settings)$/,
    ],
  },
  {
    files: /^lambdas\/run\//,
    mayImport: [
      /^lambdas\/(aws|catalog|ledger|metrics|run|sinks)\//,
      /^lambdas\/(bundled|collector|failure|in-parallel|timeout-signal)$/,
    ],
  },
  {
    files: /^lambdas\/sinks\/remote-write\//,
    mayImport: [
      /^(node:crypto|snappyjs|@bufbuild\/protobuf\/wire|@smithy\/signature-v4)$/,
      /^lambdas\/(catalog|metrics|sinks)\//,
    ],
  },
  {
    files: /^lambdas\/sinks\//,
    mayImport: [
      /^node:/,
      /^https-proxy-agent$/,
      /^lambdas\/(catalog|metrics|sinks)\//,
      /^lambdas\/(bundled|timeout-signal)$/,
    ],
  },
  { files: /^lambdas\/index\.ts$/, mayImport: [/^prom-client/, /^lambdas\/(?!collectors\/)/] },
  {
    files: /^lambdas\/[^/]+$/,
    mayImport: [/^(aws-lambda|valibot)$/, /^@aws-sdk\//, /^lambdas\/(?!collectors\/)/],
  },
  {
    files: /^lib\/serve\//,
    mayImport: [
      /^(node:|hono|@hono\/node-server$|croner$|prom-client|valibot$|@aws-sdk\/client-sts$)/,
      /^package\.json$/,
      /^lib\/(serve\/|alerts\/prometheus-configuration$|config$|price$|user-error$)/,
      /^lambdas\//,
    ],
  },
  { files: /^lib\/local\/preview\/client\//, mayImport: [/^uplot$/, /^lib\/local\/preview\/client\//] },
  { files: /^lib\/local\/preview\//, mayImport: [/^(node:|esbuild$)/, /^lib\/local\/preview\//] },
  {
    files: /^lib\/local\/aws\/aps\//,
    mayImport: [/^(node:crypto|snappyjs|@bufbuild\/protobuf\/wire)$/, /^lib\/local\/aws\//],
  },
  {
    files: /^lib\/local\//,
    mayImport: [/^node:/, /^(big\.js|csv-parse)/, /^lib\//, /^lambdas\/(catalog|promql)\//],
  },
  {
    files: /^lib\/backfill\//,
    mayImport: [
      /^node:/,
      /^@aws-sdk\/client-(cost-explorer|secrets-manager|sts)$/,
      /^(big\.js|cli-progress)$/,
      /^lambdas\//,
      /^lib\/(backfill\/|terminal-table$|user-error$)/,
    ],
  },
  {
    files: /^lib\/ledger\//,
    mayImport: [/^@aws-sdk\/client-dynamodb$/, /^lib\/(?!local\/)/, /^lambdas\/ledger\//],
  },
  {
    files: /^lib\//,
    mayImport: [
      /^(?!@aws-sdk|prom-client|\.|lambdas\/|bin\/)/,
      /^lib\/(?!local\/)/,
      /^lambdas\/(catalog|promql)\//,
    ],
  },
  { files: /^bin\//, mayImport: [/^(?!lambdas\/)/] },
];

test('imports go only in the directions that the table allows', () => {
  expect(sources().flatMap((file) => strayImports(file, importsOf(file)))).toEqual([]);
});

test('an import in a forbidden direction is found', () => {
  const collector = 'lambdas/collectors/user-costs/collector.ts';
  expect(strayImports(collector, ['@aws-sdk/client-iam', 'lambdas/collectors/iam-users/collector'])).toEqual([
    `${collector} imports @aws-sdk/client-iam`,
    `${collector} imports lambdas/collectors/iam-users/collector`,
  ]);
  expect(strayImports('lib/local/lambda.ts', ['lambdas/run/run'])).toEqual([
    'lib/local/lambda.ts imports lambdas/run/run',
  ]);
  expect(strayImports('lambdas/run/run.ts', ['aws-cdk-lib'])).toEqual([
    'lambdas/run/run.ts imports aws-cdk-lib',
  ]);
});

test('only lambdas/promql and the local cloud contain PromQL', () => {
  const others = sources().filter((file) => !/^(lambdas\/promql|lib\/local)\//.test(file));
  expect(others.flatMap((file) => promqlIn(readFileSync(path.join(ROOT, file), 'utf8')))).toEqual([]);
});

test.each([
  'tollgate_run_incomplete{collector="roles"}',
  'last(aws_resources)',
  'aws_resources offset 1d',
  'sum by (region) (vector)',
  'vector and on () (other)',
])('PromQL in a string is found: %s', (text) => {
  expect(promqlIn(text)).not.toEqual([]);
});

/** Returns parts that look like PromQL: a metric with a selector, or a keyword that no other language has. */
function promqlIn(text: string): string[] {
  const metric = `\\b(?:${Object.keys(METRICS).join('|')})\\b`;
  const selector = new RegExp(`${metric}(?:[{[]| offset | @ )|\\(${metric}`, 'g');
  const words = /\bgroup_(?:left|right)\b|_over_time\(|\b(?:by|on|ignoring) \([^)'"`]*\) \(/g;
  return [...text.matchAll(selector), ...text.matchAll(words)].map(([found]) => found);
}

function strayImports(file: string, imports: readonly string[]): string[] {
  const { mayImport = [] } = ARROWS.find(({ files }) => files.test(file)) ?? {};
  const allowed = mayImport.map(({ source }) => new RegExp(source.replace('SAME', collectorOf(file))));
  return imports
    .filter((name) => !allowed.some((pattern) => pattern.test(name)))
    .map((name) => `${file} imports ${name}`);
}

function sources(): string[] {
  return ['bin', 'lib', 'lambdas'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
      .map((file) => path.posix.join(folder, file)),
  );
}

/** Returns the names that a file imports; relative paths become paths from the root. */
function importsOf(file: string): string[] {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  const names = [...text.matchAll(/(?:from\s|import\s|require\(|import\()\s*'([^']+)'/g)].map(
    ([, name = '']) => name,
  );
  return names.map((name) => (name.startsWith('.') ? path.posix.join(path.posix.dirname(file), name) : name));
}

function collectorOf(file: string): string {
  return file.split('/')[2] ?? '';
}
