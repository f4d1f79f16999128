import fc from 'fast-check';
import { trustedServices } from '../../../lambdas/collectors/roles/trust-policy';

const encoded = (policy: unknown) => encodeURIComponent(JSON.stringify(policy));
const allow = (Principal: unknown, Action: unknown = 'sts:AssumeRole') => ({
  Effect: 'Allow',
  Principal,
  Action,
});
const service = (Service: unknown, Action?: unknown) => allow({ Service }, Action);

test.each<[string, unknown, string[]]>([
  ['one service', [service('lambda.amazonaws.com')], ['lambda']],
  ['a single statement, without an array', service('ecs-tasks.amazonaws.com'), ['ecs-tasks']],
  [
    'an array of services, which are sorted and unique',
    [service(['lambda.amazonaws.com', 'ec2.amazonaws.com']), service('ec2.amazonaws.com')],
    ['ec2', 'lambda'],
  ],
  ['a service of a Region', service('states.eu-west-1.amazonaws.com'), ['states']],
  ['a service of a Region with more parts', service('logs.us-gov-west-1.amazonaws.com'), ['logs']],
  ['a service of China', service('ec2.amazonaws.com.cn'), ['ec2']],
  ['a part of a service', service('pods.eks.amazonaws.com'), ['pods.eks']],
  ['a service of another domain', service('appsync.aws.internal'), ['appsync.aws.internal']],
  ['an array of actions', service('ec2.amazonaws.com', ['sts:TagSession', 'sts:assumerole']), ['ec2']],
  ['every action', service('ec2.amazonaws.com', 'sts:*'), ['ec2']],
  ['another action', service('ec2.amazonaws.com', 'sts:TagSession'), []],
  ['no action', { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' } }, []],
  ['a denial', { ...service('ec2.amazonaws.com'), Effect: 'Deny' }, []],
  ['any principal', allow('*'), []],
  ['an account and a federation', allow({ AWS: '111122223333', Federated: 'accounts.google.com' }), []],
  ['a service next to an account', allow({ AWS: '*', Service: 'ec2.amazonaws.com' }), ['ec2']],
  ['no principal', [], []],
])('a trust policy of %s', (_, Statement, services) => {
  expect(trustedServices(encoded({ Version: '2012-10-17', Statement }))).toEqual(services);
});

const UNREADABLE = 'trust policy: expected URL-encoded JSON with a Statement, got';

test.each<[string, string, string]>([
  ['an empty string', '', `${UNREADABLE} ""`],
  ['a broken encoding', '%7B%', `${UNREADABLE} "%7B%"`],
  ['text that is not JSON', 'Statement', `${UNREADABLE} "Statement"`],
  ['a long string', 'x'.repeat(100), `${UNREADABLE} "${'x'.repeat(80)}…"`],
  ['another document', encoded({ Statements: [] }), `${UNREADABLE} "%7B%22Statements%22%3A%5B%5D%7D"`],
  [
    'a statement that is not an object',
    encoded({ Statement: ['x'] }),
    'trust policy: expected each Statement to be an object, got "x"',
  ],
  [
    'a service that is not a string',
    encoded({ Statement: service(5) }),
    'trust policy: expected Principal.Service to be a string or an array of strings, got 5',
  ],
  [
    'an action that is not a string',
    encoded({ Statement: service('ec2.amazonaws.com', [{}]) }),
    'trust policy: expected Action to be a string or an array of strings, got [{}]',
  ],
])('%s is an error that shows the given value', (_, document, message) => {
  expect(() => trustedServices(document)).toThrow(new Error(message));
});

/** Generates parts of policies, and any other value in their place. */
const oddPolicy = fc.record(
  {
    Statement: fc.oneof(
      fc.jsonValue(),
      fc.array(
        fc.record(
          {
            Effect: fc.constantFrom('Allow', 'Deny', 1),
            Action: fc.oneof(fc.constant('sts:AssumeRole'), fc.jsonValue()),
            Principal: fc.oneof(
              fc.constant('*'),
              fc.record({ Service: fc.oneof(fc.constant('ec2.amazonaws.com'), fc.jsonValue()) }),
              fc.jsonValue(),
            ),
          },
          { requiredKeys: [] },
        ),
      ),
    ),
  },
  { requiredKeys: [] },
);

test('any document gives services or an error about the trust policy', () => {
  const document = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.jsonValue().map(encoded),
    oddPolicy.map(encoded),
  );
  fc.assert(
    fc.property(document, (text) => {
      const [result, message] = attempt(() => trustedServices(text));
      expect(message ?? 'trust policy: none').toMatch(/^trust policy: /);
      expect((result ?? []).every((name) => typeof name === 'string')).toBe(true);
      expect(result).toEqual(result && [...new Set(result)].sort());
    }),
    { numRuns: 400 },
  );
});

function attempt<R>(act: () => R): [R?, string?] {
  try {
    return [act()];
  } catch (error) {
    return [undefined, (error as Error).message];
  }
}
