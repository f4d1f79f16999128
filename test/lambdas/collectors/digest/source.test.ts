import { type Answer, ARN, answering, PATH, source } from './local-source';

const AT = new Date('2026-03-15T08:00:00.5Z');
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

  const WITHHELD = '(answer withheld: it could echo the secret URL)';
  const REFUSALS: readonly (readonly [Answer, string])[] = [
    [[302, '', { location: 'https://evil.example/' }], `got 302: ${WITHHELD}`],
    [[403, 'invalid_token\nmore'], 'got 403: invalid_token'],
    [[410, 'channel_is_archived'], 'got 410: channel_is_archived'],
    [[500, `Could not run '0a1b2c3d' at ${PATH}, s/cr=t-S1GN4TURE`], `got 500: ${WITHHELD}`],
    [[404, `${'x'.repeat(195)}/workflows/0a1b2c3d`], `got 404: ${WITHHELD}`],
    [[400, `${'x'.repeat(100)} ${PATH.repeat(2_000)}`], `got 400: ${WITHHELD}`],
    [[429, 'slow down', { 'retry-after': '11' }], `got 429: ${WITHHELD}`],
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
    expect(await posting(busy.url + PATH)).toContain('got 429: (answer withheld');
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
    expect(await posting('')).toBe(`secret ${ARN('webhook')}: expected a string, got an empty one`);
    const { post } = await source({});
    expect(await messageOf(post({}))).toBe(`secret ${ARN('webhook')}: expected a string, got none`);
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
    [[503, 'busy\nmore'], 'expected 200 from Prometheus at HOST, got 503: busy'],
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
  test.each(UNREADABLE)('that answers %j is a failure, which quotes the answer', async (answer, said) => {
    const server = await answering(answer);
    const { query } = await source({}, { prometheusUrl: server.url });
    expect(await messageOf(query('up', AT))).toBe(said.replace('HOST', new URL(server.url).host));
  });

  test.each(UNREADABLE)('that answers %j to secret headers is never quoted', async (answer, said) => {
    const server = await answering(answer);
    const { query } = await source(
      { [ARN('headers')]: '{"Authorization":"Bearer t0k3n"}' },
      { prometheusUrl: server.url, prometheusHeadersSecretArn: ARN('headers') },
    );
    const [start] = /^.*? got (?:\d{3}: )?/.exec(said.replace('HOST', new URL(server.url).host)) ?? [];
    expect(await messageOf(query('up', AT))).toBe(
      `${start}(answer withheld: it could echo the secret headers)`,
    );
  });

  test('that cannot be reached is a failure that names its host', async () => {
    const { query } = await source({});
    expect(await messageOf(query('up', AT))).toMatch(/^no answer from Prometheus at 127\.0\.0\.1:9: \S/);
  });
});
