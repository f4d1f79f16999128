import { group } from '../../../lambdas/metrics/group';
import { toRegistry } from '../../../lambdas/metrics/registry';
import { foreignSample, sample } from '../../../lambdas/metrics/sample';

const KEY = { account_id: '111122223333', region: 'eu-west-1' };
const cost = (user_name: string, value: number) =>
  sample('aws_user_billed_cost_usd', { ...KEY, user_name }, value);

test.each([Number.NaN, Number.POSITIVE_INFINITY])('the value %p does not run', (value) => {
  expect(() => cost('alice', value)).toThrow(
    `aws_user_billed_cost_usd{"account_id":"111122223333","region":"eu-west-1","user_name":"alice"}: expected a finite value, got ${value}`,
  );
});

test('two samples of one series are an error, whatever the order of their labels', () => {
  const twice = [cost('alice', 1), { ...cost('alice', 1), labels: { user_name: 'alice', ...KEY } }];
  expect(() => toRegistry(group('IAM_User_Total_Services_Cost_List', KEY, twice))).toThrow(
    'aws_user_billed_cost_usd: expected one sample a series, got two of {"user_name":"alice"',
  );
});

test('a label that the grouping key would overwrite is an error', () => {
  const elsewhere = group('IAM_User_Total_Services_Cost_List', { ...KEY, account_id: '999900001111' }, [
    cost('alice', 1),
  ]);
  expect(() => toRegistry(elsewhere)).toThrow(
    'aws_user_billed_cost_usd in IAM_User_Total_Services_Cost_List_eu-west-1: expected label account_id="999900001111" as the grouping key has it, got "111122223333"',
  );
});

describe('a metric that carries its own definition', () => {
  const foreign = (labels: Readonly<Record<string, string>>, value = 1) =>
    foreignSample({ metric: 'Users', help: 'Who exists', labels, value });

  test('is shown with its help, and its labels in its order', async () => {
    const samples = [
      foreign({ user: 'alice', account_id: '1' }),
      foreign({ user: 'bob', account_id: '1' }, 0),
    ];
    expect(
      await toRegistry({ job: 'j', groupingKey: { account_id: '1' }, samples }).metrics(),
    ).toBe(`# HELP Users Who exists
# TYPE Users gauge
Users{user="alice",account_id="1"} 1
Users{user="bob",account_id="1"} 0
`);
  });

  test('is held to the same rules', () => {
    expect(() => foreign({ user: 'alice' }, Number.NaN)).toThrow(
      'Users{"user":"alice"}: expected a finite value, got NaN',
    );
    const twice = [foreign({ a: '1', b: '2' }), foreign({ b: '2', a: '1' })];
    expect(() => toRegistry({ job: 'j', groupingKey: {}, samples: twice })).toThrow(
      'Users: expected one sample a series, got two of {"b":"2","a":"1"}',
    );
    const elsewhere = { job: 'j', groupingKey: { account_id: '1' }, samples: [foreign({ account_id: '2' })] };
    expect(() => toRegistry(elsewhere)).toThrow(
      'Users in j: expected label account_id="1" as the grouping key has it, got "2"',
    );
  });
});

// A mistake in a name does not compile: each line below needs its @ts-expect-error, or `npm run types` fails.
test('wrong names do not compile', () => {
  const mistakes = () => {
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
  expect(mistakes).toBeInstanceOf(Function);
});
