import type { ServerResponse } from 'node:http';
import type { AwsAccess } from '../../../../lambdas/aws/access';
import type { Settings } from '../../../../lambdas/catalog/settings';
import { digest } from '../../../../lambdas/collectors/digest/collector';
import { digestSource } from '../../../../lambdas/collectors/digest/source';
import { nextScrape, startPrometheus } from '../../../../lib/local/servers/prometheus';
import { startPushgateway } from '../../../../lib/local/servers/pushgateway';
import { settingsWith } from '../../../support/functions';
import { realPrograms } from '../../../support/real-servers';
import { type RecordingGateway, startRecordingGateway } from '../../../support/recording-gateway';

const AT = new Date('2026-03-15T08:00:00.5Z');
const PATH = '/workflows/0a1b2c3d/triggers/manual?api-version=2016-06-01&sig=s%2Fcr%3Dt-S1GN4TURE';
const ARN = (name: string) => `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${name}-AbCdEf`;
const ENDS = {
  prometheusUrl: 'http://127.0.0.1:9',
  webhookSecretArn: ARN('webhook'),
  format: 'webhook' as const,
};

const servers: RecordingGateway[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())));

/** Starts an HTTP server that gives one answer after another and repeats the last one. */
async function answering(...answers: readonly Answer[]): Promise<RecordingGateway> {
  let next = 0;
  const server = await startRecordingGateway((_, response: ServerResponse) => {
    const [status, body = '', headers = {}] = answers[Math.min(next++, answers.length - 1)] ?? [200];
    response.writeHead(status, headers).end(body);
  });
  servers.push(server);
  return server;
}

type Answer = readonly [status: number, body?: string, headers?: Readonly<Record<string, string>>];

/** Starts a server that answers GetSecretValue. */
async function secretsManager(secrets: Readonly<Record<string, string>>): Promise<RecordingGateway> {
  const server = await startRecordingGateway(({ body }, response) => {
    const SecretString = secrets[JSON.parse(body).SecretId];
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify({ SecretString }));
  });
  servers.push(server);
  return server;
}

/** The source with Secrets Manager behind the SDK's own client. */
async function source(
  secrets: Readonly<Record<string, string>>,
  ends: Partial<NonNullable<Settings['digest']>> = {},
) {
  const { url: endpoint } = await secretsManager(secrets);
  const credentials = { accessKeyId: 'AKIACOLLECTOR', secretAccessKey: 'secret' };
  const configuration = { endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 };
  const aws: AwsAccess = {
    as: () => aws,
    signal: new AbortController().signal,
    client: (Client) => new Client(configuration as never),
  };
  return digestSource(aws, { digest: { ...ENDS, ...ends } });
}

async function messageOf(act: Promise<unknown>): Promise<string> {
  return act.then(
    () => 'no error',
    (error: Error) => error.message,
  );
}

describe('the webhook', () => {
  async function posting(url: string): Promise<string> {
    const { post } = await source({ [ARN('webhook')]: `${url}\n` });
    const message = await messageOf(post({ text: 'hello' }));
    for (const secret of ['0a1b2c3d', 'triggers', 's/cr=t', 's%2Fcr', 'S1GN4TURE']) {
      expect(message).not.toContain(secret);
    }
    return message;
  }

  test('gets the message as JSON, at the URL that is the text of the secret', async () => {
    const server = await answering([202]);
    expect(await posting(server.url + PATH)).toBe('no error');
    expect(server.requests.map(({ method, url, body }) => [method, url, body])).toEqual([
      ['POST', PATH, '{"text":"hello"}'],
    ]);
  });

  const REFUSALS: readonly (readonly [Answer, string])[] = [
    [[302, '', { location: 'https://evil.example/' }], 'got 302: (empty answer)'],
    [[403, 'invalid_token\nmore'], 'got 403: invalid_token'],
    [[500, `Could not run '0a1b2c3d' at ${PATH}, s/cr=t-S1GN4TURE`], "got 500: Could not run '…' at …, …"],
    [[404, `${'x'.repeat(195)}/workflows/0a1b2c3d`], `got 404: ${'x'.repeat(195)}/…/…`],
    [[400, `${'x'.repeat(100)} ${PATH.repeat(2_000)}`], `got 400: ${'x'.repeat(100)} ${'…'.repeat(99)}`],
    [[429, 'slow down', { 'retry-after': '11' }], 'got 429: slow down'],
  ];
  test.each(REFUSALS)(
    'that answers %j is a failure, without what is secret, and is not tried again',
    async (answer, said) => {
      const server = await answering(answer);
      const host = new URL(server.url).host;
      expect(await posting(server.url + PATH)).toBe(`expected 2xx from the webhook at ${host}, ${said}`);
      expect(server.requests.length).toBe(1);
    },
  );

  test('that asks for a short wait gets the message once more, and no more', async () => {
    const later: Answer = [429, 'slow down', { 'retry-after': '0' }];
    const patient = await answering(later, [200]);
    expect(await posting(patient.url + PATH)).toBe('no error');
    const busy = await answering(later);
    expect(await posting(busy.url + PATH)).toMatch(/got 429: slow down$/);
    expect([patient.requests.length, busy.requests.length]).toEqual([2, 2]);
  });

  test('that cannot be reached is a failure that names its host', async () => {
    expect(await posting(`http://127.0.0.1:9${PATH}`)).toMatch(
      /^no answer from the webhook at 127\.0\.0\.1:9: \S/,
    );
  });

  test.each([
    `http://hooks.example${PATH}`,
    `ftp://hooks.example${PATH}`,
    `https://user:S1GN4TURE@hooks.example${PATH}`,
    'S1GN4TURE',
  ])('must be https, and %s is not shown', async (url) => {
    expect(await posting(url)).toBe(
      `secret ${ARN('webhook')}: expected an https URL such as https://hooks.example.com/path, without user and password`,
    );
  });

  test('needs a secret that is a text', async () => {
    expect(await posting('')).toBe(`secret ${ARN('webhook')}: expected a text, got an empty one`);
    const { post } = await source({});
    expect(await messageOf(post({}))).toBe(`secret ${ARN('webhook')}: expected a text, got none`);
  });
});

describe('Prometheus', () => {
  const vector = (...result: readonly unknown[]) =>
    JSON.stringify({ status: 'success', data: { resultType: 'vector', result } });

  test('is asked for a moment, with the headers of the secret', async () => {
    const series = { metric: { project: 'a' }, value: [1_773_561_600, '1.5e+02'] };
    const server = await answering([200, vector(series)]);
    const secrets = { [ARN('headers')]: '{"Authorization":"Bearer t0k3n"}' };
    const { query } = await source(secrets, {
      prometheusUrl: `${server.url}/prom/`,
      prometheusHeadersSecretArn: ARN('headers'),
    });
    expect(await query('sum(up)', AT)).toEqual([{ labels: { project: 'a' }, value: 150 }]);
    expect(server.requests.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ['/prom/api/v1/query?query=sum%28up%29&time=1773561600.5', 'Bearer t0k3n'],
    ]);
  });

  const UNREADABLE: readonly (readonly [Answer, string])[] = [
    [[503, 'busy, Bearer t0k3n\n'], 'expected 200 from Prometheus at HOST, got 503: busy, …'],
    [[302, '', { location: '/login' }], 'expected 200 from Prometheus at HOST, got 302: (empty answer)'],
    [
      [200, '<html>', { 'content-type': 'text/html' }],
      'expected JSON from Prometheus at HOST, got text/html',
    ],
    [
      [200, '{"status":"success","data":{"resultType":"matrix","result":[]}}'],
      'expected a vector from Prometheus at HOST, got status success and type matrix',
    ],
    [
      [200, vector({ metric: { project: 'a' }, value: [0, 'NaN'] })],
      'expected finite numbers from Prometheus at HOST, got "NaN" for {"project":"a"}',
    ],
  ];
  test.each(UNREADABLE)('that answers %j is a failure', async (answer, said) => {
    const server = await answering(answer);
    const { query } = await source(
      { [ARN('headers')]: '{"Authorization":"Bearer t0k3n"}' },
      { prometheusUrl: server.url, prometheusHeadersSecretArn: ARN('headers') },
    );
    expect(await messageOf(query('up', AT))).toBe(said.replace('HOST', new URL(server.url).host));
  });

  test('that cannot be reached is a failure that names its host', async () => {
    const { query } = await source({});
    expect(await messageOf(query('up', AT))).toMatch(/^no answer from Prometheus at 127\.0\.0\.1:9: \S/);
  });
});

test('a real Prometheus answers every query, and its numbers reach the webhook', async () => {
  const programs = await realPrograms('prometheus-pushgateway', 'prometheus');
  const pushgateway = await startPushgateway(programs['prometheus-pushgateway']);
  const prometheus = await startPrometheus(programs.prometheus, { pushgatewayUrl: pushgateway.url });
  try {
    await fetch(`${pushgateway.url}/metrics/job/here`, { method: 'PUT', body: PUSHED });
    await nextScrape(prometheus);
    const receiver = await answering([200]);
    const real = await source({ [ARN('webhook')]: receiver.url + PATH }, { prometheusUrl: prometheus.url });
    const input = {
      accountId: '111122223333',
      partition: 'aws',
      suiteAccounts: [],
      scheduledTime: new Date(),
    };
    const settings = { digest: ENDS, costDays: 14, settleDays: 1, hours: settingsWith().hours };
    expect(await digest(real, settings)(input)).toEqual({ groups: [], failures: [] });
    const day = input.scheduledTime.toISOString().slice(0, 10);
    expect(receiver.requests.map(({ body }) => JSON.parse(body))).toEqual([
      {
        title: `AWS cost report, ${day}`,
        day,
        currency: 'USD',
        accounts: {
          state: 'read',
          accounts: [
            {
              account: '111122223333 prod',
              accountId: '111122223333',
              months: { '2026-02': 20, '2026-03': 10.5 },
            },
          ],
          total: { months: { '2026-02': 20, '2026-03': 10.5 } },
          forecasts: [],
        },
        projects: {
          state: 'read',
          projects: [
            { project: 'shop', usd: 3 },
            { project: '(no project)', usd: 1.25 },
          ],
          total: { usd: 4.25 },
        },
        services: {
          state: 'read',
          days: 14,
          services: [{ service: 'Amazon S3', usd: 3.5 }],
          total: { usd: 3.5 },
        },
        unowned: { state: 'read', usd: 1, total: 4, share: 0.25 },
        freshness: {
          state: 'read',
          oldest: {
            account_id: '111122223333',
            collector: 'user-costs',
            deployment: '',
            periodEnd: '2026-03-01T00:00:00.000Z',
            ageHours: Math.round((input.scheduledTime.getTime() - Date.parse('2026-03-01')) / 3_600_000),
            stale: true,
          },
          stale: [{ account_id: '111122223333', collector: 'user-costs', deployment: '' }],
          incomplete: [{ account_id: '111122223333', collector: 'user-costs', deployment: '' }],
        },
      },
    ]);
  } finally {
    await Promise.all([prometheus.stop(), pushgateway.stop()]);
  }
});

const PUSHED = `aws_account_info{account_id="111122223333",account_name="prod",state="ACTIVE"} 1
aws_account_month_billed_cost_usd{account_id="111122223333",month="2026-02"} 20
aws_account_month_billed_cost_usd{account_id="111122223333",month="2026-03"} 10.5
aws_project_billed_cost_usd{account_id="111122223333",project="shop"} 3
aws_project_billed_cost_usd{account_id="111122223333",project=""} 1.25
aws_service_billed_cost_usd{account_id="111122223333",region="eu-west-1",service="Amazon S3"} 3
aws_service_billed_cost_usd{account_id="111122223333",region="global",service="Amazon S3"} 0.5
aws_user_billed_cost_usd{account_id="111122223333",region="eu-west-1",user_name="ana"} 3
aws_user_billed_cost_usd{account_id="111122223333",region="eu-west-1",user_name="__unattributed__"} 1
tollgate_success_period_end_timestamp_seconds{account_id="111122223333",collector="user-costs"} 1772323200
tollgate_run_incomplete{account_id="111122223333",collector="user-costs"} 1
tollgate_run_incomplete{account_id="111122223333",collector="digest"} 1
`;
