import fc from 'fast-check';
import { demandDistinctSeries } from '../../../lambdas/metrics/distinct-series';
import { exposition } from '../../../lambdas/metrics/exposition';
import { group } from '../../../lambdas/metrics/group';
import { toRegistry } from '../../../lambdas/metrics/registry';
import { type ForeignSample, foreignSample, observed, sample } from '../../../lambdas/metrics/sample';

const KEY = { account_id: '111122223333', region: 'eu-west-1' };
const cost = (user_name: string, value: number) =>
  sample('aws_user_billed_cost_usd', { ...KEY, user_name }, value);

test.each([Number.NaN, Number.POSITIVE_INFINITY])('the value %p is an error', (value) => {
  expect(() => cost('alice', value)).toThrow(
    `aws_user_billed_cost_usd{"account_id":"111122223333","region":"eu-west-1","user_name":"alice"}: expected a finite value, got ${value}`,
  );
});

test('two samples of one series are an error, whatever the order of their labels', () => {
  const twice = [cost('alice', 1), { ...cost('alice', 1), labels: { user_name: 'alice', ...KEY } }];
  expect(() => toRegistry(group('IAM_User_Total_Services_Cost_List', KEY, twice))).toThrow(
    'aws_user_billed_cost_usd: expected one sample per series, got two of {"user_name":"alice"',
  );
});

test('fewer series than samples are an error, even if no two samples look the same', () => {
  expect(() => demandDistinctSeries(1, [cost('alice', 1), cost('bob', 1)])).toThrow(
    new Error('expected 2 series in the registry, got fewer'),
  );
  expect(() => demandDistinctSeries(2, [cost('alice', 1), cost('bob', 1)])).not.toThrow();
});

test('two series that prom-client cannot tell apart are an error that names both', () => {
  const project = (name: string, service: string) =>
    sample('aws_project_service_billed_cost_usd', { account_id: '1', project: name, service }, 1);
  const samples = [project('a,service:b', 'c'), project('a', 'd'), project('a', 'b,service:c')];
  expect(() => toRegistry(group('Project-Spend-Cost', { account_id: '1' }, samples))).toThrow(
    'aws_project_service_billed_cost_usd: expected labels that prom-client can distinguish, got {"account_id":"1","project":"a,service:b","service":"c"} and {"account_id":"1","project":"a","service":"b,service:c"}',
  );
});

test('a label that the grouping key would overwrite is an error', () => {
  const elsewhere = group('IAM_User_Total_Services_Cost_List', { ...KEY, account_id: '999900001111' }, [
    cost('alice', 1),
  ]);
  expect(() => toRegistry(elsewhere)).toThrow(
    'aws_user_billed_cost_usd in IAM_User_Total_Services_Cost_List_eu-west-1: expected label account_id="999900001111", the value in the grouping key, got "111122223333"',
  );
});

describe('the exposition', () => {
  const text = async (samples: readonly ForeignSample[]) => {
    const pushed = { job: 'j', groupingKey: {}, samples };
    const { chunks } = await exposition(toRegistry(pushed));
    return { written: [...chunks].join(''), expected: await toRegistry(pushed).metrics() };
  };

  test('equals prom-client’s byte by byte, for any names, labels and values', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyMetric(), { maxLength: 4 }), async (metrics) => {
        const { written, expected } = await text(distinct(metrics.flat()));
        expect(written).toBe(expected);
      }),
    );
  });

  test('equals prom-client’s for the observations of histograms, in any number and with any values', async () => {
    const value = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 });
    const observations = fc.array(fc.array(value), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(observations, async (each) => {
        const labels = { account_id: '1', collector: 'tags' } as const;
        const rows = each.map((values, i) =>
          observed(
            'tollgate_run_aws_request_duration_seconds',
            { ...labels, service: `"${i}`, operation: 'A' },
            values,
          ),
        );
        const pushed = group('tollgate', labels, [sample('tollgate_run_incomplete', labels, 1)], rows);
        const { chunks } = await exposition(toRegistry(pushed));
        expect([...chunks].join('')).toBe(await toRegistry(pushed).metrics());
      }),
    );
  });

  test('has the buckets of the catalog, the sum and the count of a histogram', async () => {
    const labels = { account_id: '1', collector: 'tags', sink: 'stdout' } as const;
    const durations = observed('tollgate_run_push_duration_seconds', labels, [0.02, 3]);
    const { chunks } = await exposition(toRegistry(group('tollgate', labels, [], [durations])));
    const by = 'account_id="1",collector="tags",sink="stdout"';
    expect([...chunks].join('').split('\n').slice(1)).toEqual([
      '# TYPE tollgate_run_push_duration_seconds histogram',
      ...Object.entries({ 0.01: 0, 0.05: 1, 0.1: 1, 0.25: 1, 0.5: 1, 1: 1, 2.5: 1, 5: 2, 15: 2, '+Inf': 2 })
        .sort(([a], [b]) => Number(a.replace('+Inf', '99')) - Number(b.replace('+Inf', '99')))
        .map(([le, count]) => `tollgate_run_push_duration_seconds_bucket{le="${le}",${by}} ${count}`),
      `tollgate_run_push_duration_seconds_sum{${by}} 3.02`,
      `tollgate_run_push_duration_seconds_count{${by}} 2`,
      '',
    ]);
  });

  test('equals prom-client’s if it is written in many chunks', async () => {
    const many = Array.from({ length: 5_000 }, (_, i) =>
      foreignSample({ metric: `m${i % 3}`, help: 'Help', labels: { a: `${i}`, b: '"' }, value: i / 7 }),
    );
    const { written, expected } = await text(many);
    expect(written).toBe(expected);
  });

  test('is cut after the line that reaches 64 KiB', async () => {
    const chunks = async (value: string) => {
      const one = foreignSample({ metric: 'm', help: 'Help', labels: { a: value }, value: 1 });
      const two = foreignSample({ metric: 'm', help: 'Help', labels: { a: 'b' }, value: 1 });
      return [...(await exposition(toRegistry({ job: 'j', groupingKey: {}, samples: [one, two] }))).chunks];
    };
    const last = 'm{a="b"} 1\n';
    const [shortest = ''] = await chunks('');
    const padding = 65_536 - (shortest.length - last.length);
    const lengths = async (length: number) => (await chunks('x'.repeat(length))).map((chunk) => chunk.length);
    expect(await lengths(padding - 1)).toEqual([65_535 + last.length, 0]);
    expect(await lengths(padding)).toEqual([65_536, last.length]);
  });

  /** Generates samples of one metric with the same label names. */
  function anyMetric() {
    const name = fc.constantFrom('a', 'b:c', 'D_1');
    const labels = fc.uniqueArray(fc.constantFrom('x', 'y', 'z_1', '_'), { maxLength: 3 });
    const help = fc.oneof(fc.constantFrom('\\', '"\n"'), fc.string({ minLength: 1 }));
    return fc.tuple(name, labels, help).chain(([metric, names, help]) => {
      const values = fc.tuple(...names.map((label) => fc.tuple(fc.constant(label), anyValue())));
      const one = fc.tuple(values, fc.double({ noNaN: true, noDefaultInfinity: true }));
      return fc.array(
        one.map(([pairs, value]) =>
          foreignSample({ metric, help, labels: Object.fromEntries(pairs), value }),
        ),
        { maxLength: 5 },
      );
    });
  }

  function anyValue() {
    return fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('"', '\\', '\n', '\\n', ''));
  }

  /** One metric a name, with its first labels, and one sample per series. */
  function distinct(samples: readonly ForeignSample[]): ForeignSample[] {
    const first = new Map<string, string>();
    const seen = new Set<string>();
    return samples.filter(({ metric, labels }) => {
      const names = Object.keys(labels).join();
      if (!first.has(metric)) first.set(metric, names);
      const id = Object.entries(labels)
        .sort()
        .map(([label, value]) => `${label}:${value},`)
        .join('');
      if (first.get(metric) !== names || seen.has(`${metric} ${id}`)) return false;
      seen.add(`${metric} ${id}`);
      return true;
    });
  }
});

describe('a metric that carries its own definition', () => {
  const foreign = (labels: Readonly<Record<string, string>>, value = 1) =>
    foreignSample({ metric: 'Users', help: 'Who exists', labels, value });

  test('is written with its help and with its labels in their order', async () => {
    const samples = [
      foreign({ user: 'alice', account_id: '1' }),
      foreign({ user: 'bob', account_id: '1' }, 0),
    ];
    const registry = toRegistry({ job: 'j', groupingKey: { account_id: '1' }, samples });
    expect(await registry.metrics()).toBe(`# HELP Users Who exists
# TYPE Users gauge
Users{user="alice",account_id="1"} 1
Users{user="bob",account_id="1"} 0
`);
  });

  test('follows the same rules', () => {
    expect(() => foreign({ user: 'alice' }, Number.NaN)).toThrow(
      'Users{"user":"alice"}: expected a finite value, got NaN',
    );
    const one = foreign({ a: '1', b: '2' });
    const same = foreign({ b: '2', a: '1' });
    expect(() => toRegistry({ job: 'j', groupingKey: {}, samples: [one, same] })).toThrow(
      'Users: expected one sample per series, got two of {"b":"2","a":"1"}',
    );
    expect(() => toRegistry({ job: 'j', groupingKey: {}, samples: [same, one] })).toThrow(
      'Users: expected one sample per series, got two of {"a":"1","b":"2"}',
    );
    const elsewhere = { job: 'j', groupingKey: { account_id: '1' }, samples: [foreign({ account_id: '2' })] };
    expect(() => toRegistry(elsewhere)).toThrow(
      'Users in j: expected label account_id="1", the value in the grouping key, got "2"',
    );
  });
});

// Each line below needs its @ts-expect-error, or `npm run types` fails.
test('wrong names do not compile', () => {
  const wrong = () => {
    // @ts-expect-error no such metric
    sample('aws_user_billed_cost', { ...KEY, user_name: 'alice' }, 1);
    // @ts-expect-error user_name is missing
    sample('aws_user_billed_cost_usd', KEY, 1);
    // @ts-expect-error no such label
    sample('aws_user_billed_cost_usd', { ...KEY, user_name: 'alice', day: '2026-03-01' }, 1);
    // @ts-expect-error a metric of another job
    group('IAM_User_Details', { account_id: '1' }, [cost('alice', 1)]);
    // @ts-expect-error the job is per Region
    group('IAM_User_Total_Services_Cost_List', { account_id: '1' }, []);
  };
  expect(wrong).toBeInstanceOf(Function);
});
