import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { run } from '../../lib/local/servers/command';
import { realPrograms } from '../support/real-servers';

const FOLDER = path.join(__dirname, '..', '..', 'docs', 'demo');

interface Service {
  readonly image: string;
  readonly command?: string;
  readonly ports: readonly string[];
  readonly volumes?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

const { services, volumes: named } = read<{
  services: Readonly<Record<string, Service>>;
  volumes: Readonly<Record<string, unknown>>;
}>('compose.yaml');
const mounts = Object.entries(services).flatMap(([service, { volumes = [] }]) =>
  volumes.map((volume) => {
    const [from = '', to = '', mode = ''] = volume.split(':');
    return { service, from, to, mode };
  }),
);

test('three servers of exact versions, each on its own port of the loopback interface', () => {
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

test('mounted files exist and cannot be written', () => {
  const files = mounts.filter(({ from }) => from.startsWith('.'));
  const wrong = files.filter(({ from, mode }) => mode !== 'ro' || !existsSync(path.join(FOLDER, from)));
  expect({ files: files.length, wrong }).toEqual({ files: 5, wrong: [] });
});

test('the gateway keeps its groups over a restart, in a volume', () => {
  expect(named).toEqual({ groups: null });
  expect(mounts.filter(({ from }) => !from.startsWith('.'))).toEqual([
    { service: 'pushgateway', from: 'groups', to: '/pushgateway', mode: '' },
  ]);
  const folder = path.posix.dirname(services.pushgateway?.command?.split('--persistence.file=')[1] ?? '');
  expect(folder).toBe(mounted('groups'));
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

test('in the container, the rules are where the configuration expects them', () => {
  const { rule_files } = read<{ rule_files: readonly string[] }>('prometheus.yml');
  const config = mounted('./prometheus.yml');
  expect(rule_files.map((pattern) => path.posix.join(path.posix.dirname(config), pattern))).toEqual([
    `${mounted('../alerts')}/*.yml`,
  ]);
});

test('Grafana reads that Prometheus and shows the dashboards', () => {
  expect(provisioned('datasources')).toMatchObject([
    { datasources: [{ type: 'prometheus', url: 'http://prometheus:9090', isDefault: true }] },
  ]);
  expect(provisioned('dashboards')).toMatchObject([
    { providers: [{ type: 'file', options: { path: mounted('../dashboards') } }] },
  ]);
});

test('every dashboard has its own address, and Grafana opens with one of them', () => {
  const folder = path.join(FOLDER, '..', 'dashboards');
  const models = readdirSync(folder).map(
    (file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as { uid: string },
  );
  expect(new Set(models.map(({ uid }) => uid)).size).toBe(models.length);
  const home = services.grafana?.environment?.GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH ?? '';
  expect(path.posix.dirname(home)).toBe(mounted('../dashboards'));
  expect(existsSync(path.join(folder, path.posix.basename(home)))).toBe(true);
});

/** Returns the path in its container of a path of this folder. */
function mounted(from: string): string {
  const mount = mounts.find((one) => one.from === from);
  if (!mount) throw new Error(`compose.yaml: expected a mount of ${from}`);
  return mount.to;
}

/** Returns the files of a folder that Grafana reads. */
function provisioned(kind: 'dashboards' | 'datasources'): unknown[] {
  expect(mounted(`./grafana/${kind}`)).toBe(`/etc/grafana/provisioning/${kind}`);
  return readdirSync(path.join(FOLDER, 'grafana', kind)).map((file) =>
    read(path.join('grafana', kind, file)),
  );
}

function read<T>(file: string): T {
  return parse(readFileSync(path.join(FOLDER, file), 'utf8')) as T;
}
