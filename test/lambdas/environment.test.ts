import { readEnvironment } from '../../lambdas/environment';

const WHOLE = {
  TOLLGATE_PUSHGATEWAY_URL: 'https://gateway.example.com/base/',
  TOLLGATE_METRIC_PROFILE: 'tollgate',
  TOLLGATE_OWNER_TAG: 'Owner',
  TOLLGATE_ATTRIBUTION: '["created-by","owner-tag"]',
  TOLLGATE_MAX_ROLE_SESSIONS: '9',
  TOLLGATE_COST_DAYS: '14',
  TOLLGATE_RESOURCE_DAYS: '7',
  TOLLGATE_SETTLE_DAYS: '1',
  TOLLGATE_RESOURCE_SERVICES: '["Amazon Elastic Compute Cloud - Compute"]',
  TOLLGATE_MAX_SERIES: '2000',
  TOLLGATE_MAX_REQUESTS: '30',
};

test('reads each variable as its type, and leaves optional ones undefined', () => {
  expect(
    readEnvironment('user-costs', { ...WHOLE, TOLLGATE_REGIONS: '["eu-west-1","global"]', PATH: '/bin' }),
  ).toEqual({
    TOLLGATE_PUSHGATEWAY_URL: 'https://gateway.example.com/base/',
    TOLLGATE_PUSHGATEWAY_HEADERS_SECRET_ARN: undefined,
    TOLLGATE_DEPLOYMENT: undefined,
    TOLLGATE_MEMBERS: undefined,
    TOLLGATE_METRIC_PROFILE: 'tollgate',
    TOLLGATE_ACCOUNT_NAMES: undefined,
    TOLLGATE_OWNER_TAG: 'Owner',
    TOLLGATE_ATTRIBUTION: ['created-by', 'owner-tag'],
    TOLLGATE_MAX_ROLE_SESSIONS: 9,
    TOLLGATE_REGIONS: ['eu-west-1', 'global'],
    TOLLGATE_COST_DAYS: 14,
    TOLLGATE_RESOURCE_DAYS: 7,
    TOLLGATE_SETTLE_DAYS: 1,
    TOLLGATE_RESOURCE_SERVICES: ['Amazon Elastic Compute Cloud - Compute'],
    TOLLGATE_MAX_SERIES: 2000,
    TOLLGATE_MAX_REQUESTS: 30,
  });
});

test.each([
  [
    'TOLLGATE_MEMBERS',
    '[{"accountId":"222233334444"}]',
    'a JSON list of objects with accountId, roleArn and perhaps externalId',
  ],
  ['TOLLGATE_ACCOUNT_NAMES', '["222233334444"]', 'a JSON object of texts'],
  ['TOLLGATE_METRIC_PROFILE', 'XC3', 'one of tollgate, xc3'],
])('%s: %s is an error', (name, value, expected) => {
  expect(() => readEnvironment('user-costs', { ...WHOLE, [name]: value })).toThrow(
    `environment: ${name}: expected ${expected}, got "${value}"`,
  );
});

test('names everything missing or wrong at once', () => {
  const bad = {
    ...WHOLE,
    TOLLGATE_PUSHGATEWAY_URL: 'gateway',
    TOLLGATE_OWNER_TAG: '',
    TOLLGATE_COST_DAYS: '1.5',
    TOLLGATE_REGIONS: '[1]',
  };
  expect(() => readEnvironment('user-costs', bad)).toThrow(
    'environment: TOLLGATE_PUSHGATEWAY_URL: expected a URL, got "gateway"; TOLLGATE_OWNER_TAG is missing; ' +
      'TOLLGATE_REGIONS: expected a JSON list of texts, got "[1]"; TOLLGATE_COST_DAYS: expected a whole number, got "1.5"',
  );
});
