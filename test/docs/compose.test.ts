import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { run } from '../../lib/local/servers/command';
import { realPrograms } from '../support/real-servers';

const FOLDER = path.join(__dirname, '..', '..', 'docs', 'demo');

interface Service {
  readonly image: string;
  readonly ports: readonly string[];
  readonly volumes?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

const { services } = read<{ services: Readonly<Record<string, Service>> }>('compose.yaml');
const mounts = Object.entries(services).flatMap(([service, { volumes = [] }]) =>
  volumes.map((volume) => {
    const [from = '', to = '', mode = ''] = volume.split(':');
    return { service, from, to, mode };
  }),
);

test('three servers, of exact versions, each on its own port of this machine alone', () => {
  const shown = Object.entries(services).map(([name, { image, ports }]) => [
    name,
    image.replace(/:v?\d+\.\d+\.\d+$/, ':exact'),
    ports,
  ]);
  expect(shown).toEqual([
    ['pushgateway', 'prom/pushgateway:exact', ['127.0.0.1:9091:9091']],
    ['prometheus', 'prom/prometheus:exact', ['127.0.0.1:9090:9090']],
    ['grafana', 'grafana/grafana:exact', ['127.0.0.1:3000:3000']],
  ]);
});

test('what is mounted exists, and cannot be written', () => {
  const wrong = mounts.filter(({ from, mode }) => mode !== 'ro' || !existsSync(path.join(FOLDER, from)));
  expect({ mounts: mounts.length, wrong }).toEqual({ mounts: 5, wrong: [] });
});

test('Prometheus scrapes the gateway of the file and reads every rule', async () => {
  const { promtool } = await realPrograms('promtool');
  const config = path.join(FOLDER, 'prometheus.yml');
  const { code, stdout } = await run(promtool, ['check', 'config', config]);
  const rules = readdirSync(path.join(FOLDER, '..', 'alerts')).length;
  expect({ code, said: stdout.match(/SUCCESS: \d+ rule files found/)?.[0] }).toEqual({
    code: 0,
    said: `SUCCESS: ${rules} rule files found`,
  });
  const { scrape_configs } = read<{ scrape_configs: readonly object[] }>('prometheus.yml');
  expect(scrape_configs).toMatchObject([
    { job_name: 'pushgateway', honor_labels: true, static_configs: [{ targets: ['pushgateway:9091'] }] },
  ]);
});

test('in the container the rules lie where the configuration looks for them', () => {
  const { rule_files } = read<{ rule_files: readonly string[] }>('prometheus.yml');
  const config = mounted('./prometheus.yml');
  expect(rule_files.map((pattern) => path.posix.join(path.posix.dirname(config), pattern))).toEqual([
    `${mounted('../alerts')}/*.yml`,
  ]);
});

test('Grafana asks that Prometheus, and shows the dashboards', () => {
  expect(provisioned('datasources')).toMatchObject([
    { datasources: [{ type: 'prometheus', url: 'http://prometheus:9090', isDefault: true }] },
  ]);
  expect(provisioned('dashboards')).toMatchObject([
    { providers: [{ type: 'file', options: { path: mounted('../dashboards') } }] },
  ]);
});

test('every dashboard has an address of its own, and one of them is what Grafana opens with', () => {
  const folder = path.join(FOLDER, '..', 'dashboards');
  const models = readdirSync(folder).map(
    (file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as { uid: string },
  );
  expect(new Set(models.map(({ uid }) => uid)).size).toBe(models.length);
  const home = services.grafana?.environment?.GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH ?? '';
  expect(path.posix.dirname(home)).toBe(mounted('../dashboards'));
  expect(existsSync(path.join(folder, path.posix.basename(home)))).toBe(true);
});

/** Where a path of this folder is found in its container. */
function mounted(from: string): string {
  const mount = mounts.find((one) => one.from === from);
  if (!mount) throw new Error(`compose.yaml: expected a mount of ${from}`);
  return mount.to;
}

/** The files of a folder that Grafana looks into. */
function provisioned(kind: 'dashboards' | 'datasources'): unknown[] {
  expect(mounted(`./grafana/${kind}`)).toBe(`/etc/grafana/provisioning/${kind}`);
  return readdirSync(path.join(FOLDER, 'grafana', kind)).map((file) =>
    read(path.join('grafana', kind, file)),
  );
}

function read<T>(file: string): T {
  return parse(readFileSync(path.join(FOLDER, file), 'utf8')) as T;
}
