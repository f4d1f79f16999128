import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { readSettings } from '../../lib/config';
import { application } from '../../lib/serve/application';
import { runtimeMetrics } from '../../lib/serve/runtime-metrics';
import { scrapeConfig } from '../../lib/serve/scrape-config';

const ROOT = path.join(__dirname, '..', '..');
const textOf = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const manifest = (name: string) => parse(textOf(`docs/kubernetes/${name}.yaml`));

const DOCKERFILE = textOf('Dockerfile');
const DEPLOYMENT = manifest('deployment').spec;
const POD = DEPLOYMENT.template.spec;
const [CONTAINER] = POD.containers;
const SINKS = [{ type: 'stdout' }] as const;
const { serve: DEFAULTS } = readSettings({ sinks: SINKS });
const SETTINGS = readSettings({ ...JSON.parse(manifest('config-map').data['settings.json']), sinks: SINKS });

test('image, manifests and settings name the same port', () => {
  const [ingress] = manifest('network-policy').spec.ingress;
  const [service] = manifest('service').spec.ports;
  expect(
    [
      /^EXPOSE (\d+)$/m.exec(DOCKERFILE)?.[1],
      /http:\/\/127\.0\.0\.1:(\d+)\/-\/healthy/.exec(DOCKERFILE)?.[1],
      CONTAINER.ports[0].containerPort,
      ingress.ports[0].port,
      service.port,
      SETTINGS.serve.port,
    ].map(Number),
  ).toEqual(Array(6).fill(DEFAULTS.port));
  expect([
    service.targetPort,
    CONTAINER.livenessProbe.httpGet.port,
    CONTAINER.readinessProbe.httpGet.port,
  ]).toEqual(Array(3).fill(CONTAINER.ports[0].name));
});

test('image and pod have the same numeric user, who is not root', () => {
  const [, user, group] = /^USER (\d+):(\d+)$/m.exec(DOCKERFILE) ?? [];
  const { runAsUser, runAsGroup, fsGroup, runAsNonRoot } = POD.securityContext;
  expect([runAsUser, runAsGroup, fsGroup]).toEqual([Number(user), Number(group), Number(group)]);
  expect(Number(user)).toBeGreaterThan(0);
  expect(runAsNonRoot).toBe(true);
  expect(DOCKERFILE).toContain(`install -d -o ${user} -g ${group} -m 0700 /data`);
});

test('data is on the volume, and the rest of the file system is read-only', () => {
  const mount = CONTAINER.volumeMounts.find(({ name }: { name: string }) => name === 'data');
  expect([mount.mountPath, SETTINGS.serve.dataDir]).toEqual(['/data', '/data']);
  expect(DOCKERFILE).toMatch(/^VOLUME \/data$/m);
  expect(DOCKERFILE).toMatch(/^ENTRYPOINT .*"--data-dir", "\/data"\]$/m);
  expect(CONTAINER.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
});

test('there is one exporter at a time', () => {
  expect([DEPLOYMENT.replicas, DEPLOYMENT.strategy]).toEqual([1, { type: 'Recreate' }]);
});

test('names and labels refer to each other', () => {
  const labels = DEPLOYMENT.template.metadata.labels;
  expect(DEPLOYMENT.selector.matchLabels).toEqual(labels);
  expect(manifest('service').spec.selector).toEqual(labels);
  expect(manifest('network-policy').spec.podSelector.matchLabels).toEqual(labels);
  expect(POD.serviceAccountName).toBe(manifest('service-account').metadata.name);
  const settings = CONTAINER.volumeMounts.find(({ name }: { name: string }) => name === 'settings');
  expect(CONTAINER.args).toEqual(['--settings', `${settings.mountPath}/settings.json`]);
  const [settingsVolume, data] = POD.volumes;
  expect(settingsVolume.configMap.name).toBe(manifest('config-map').metadata.name);
  expect(data.persistentVolumeClaim.claimName).toBe(manifest('persistent-volume-claim').metadata.name);
  expect(manifest('service-account').metadata.annotations).toHaveProperty(['eks.amazonaws.com/role-arn']);
});

test('probes ask for paths that exist', async () => {
  const app = application({
    snapshot: () => new Map(),
    notReady: () => undefined,
    runtime: runtimeMetrics(),
    log: () => {},
  });
  for (const { httpGet } of [CONTAINER.livenessProbe, CONTAINER.readinessProbe])
    expect((await app.request(httpGet.path)).status).toBe(200);
});

test('the base image has an exact tag, and both stages have the same', () => {
  const images = [...DOCKERFILE.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
  expect(images).toHaveLength(2);
  expect(new Set(images).size).toBe(1);
  expect(images[0]).toMatch(/^node:\d+\.\d+\.\d+-\w+-slim$/);
});

test('the image copies the file that the bundling command writes, and everything that the command reads', () => {
  const command = JSON.parse(textOf('package.json')).scripts['bundle:serve'];
  const [, file] = /--outfile=(\S+)/.exec(command) ?? [];
  expect(DOCKERFILE).toContain(`COPY --from=build /build/${file} serve.cjs`);
  const copied = [...DOCKERFILE.matchAll(/^COPY (?!--)(.+) \S+$/gm)].flatMap(([, names = '']) =>
    names.split(' '),
  );
  const sent = textOf('.dockerignore')
    .split('\n')
    .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
  expect(copied.sort()).toEqual(sent.sort());
});

test('the documented scrape configuration is the one that the demo prints', () => {
  const [, yaml = ''] = /```yaml\n(scrape_configs:.*?)```/s.exec(textOf('docs/serve.md')) ?? [];
  expect(yaml).toBe(scrapeConfig(`http://127.0.0.1:${DEFAULTS.port}`));
  expect(parse(yaml).scrape_configs).toEqual([
    expect.objectContaining({
      honor_labels: true,
      static_configs: [{ targets: [`127.0.0.1:${DEFAULTS.port}`] }],
    }),
  ]);
});
