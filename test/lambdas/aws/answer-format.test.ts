import { IAMClient } from '@aws-sdk/client-iam';
import { regionsToAsk } from '../../../lambdas/aws/enabled-regions';
import { listIamUsers } from '../../../lambdas/aws/iam-users';
import { taggedResources } from '../../../lambdas/aws/tagged-resources';
import { bill, stopAll } from '../../local/aws/simulation';
import { answerError, answering, local } from '../../support/local-access';

const before = { ...process.env };
afterEach(async () => {
  process.env = { ...before };
  await stopAll();
});

describe('an answer in another format', () => {
  const PAGE = '<!DOCTYPE html><title>Sign in</title>';

  test.each([
    ['a web page', 200, 'text/html; charset=utf-8', PAGE],
    ['a web page that is XML', 200, 'text/html', '<html><body>Sign in</body></html>'],
    ['a web page with an error', 502, 'text/html', '<html><body>Bad gateway</body></html>'],
    ['text', 200, 'text/plain', 'Sign in'],
    ['half of an answer', 200, 'text/xml', '<ListUsersResponse><ListUsersResult>'],
  ])('%s is retried, and named with service, operation and status', async (_, status, type, body) => {
    const { access, meter, requests } = await answering(() => ({ status, type, body }));
    await expect(listIamUsers(access.client(IAMClient), access.signal)).rejects.toThrow(
      answerError(
        `IAM ListUsers: expected an answer of AWS, got HTTP ${status} with content type ${type}; check the proxy between the function and AWS`,
      ),
    );
    expect(requests()).toBe(5);
    expect(meter.counts()).toEqual([
      { service: 'IAM', operation: 'ListUsers', outcome: 'error', requests: 5 },
    ]);
  });

  test('an answer that is cut is retried, and named with service, operation and status', async () => {
    const { access, aws } = await local({ faults: [{ action: 'tag:*', kind: 'truncate' }] });
    await expect(taggedResources(access, 'eu-west-1')).rejects.toThrow(
      answerError(
        'Resource Groups Tagging API GetResources: expected a complete answer, got HTTP 200 and a connection that was cut within the answer',
      ),
    );
    expect(aws.requests).toHaveLength(5);
  });

  test('JSON services report it as well', async () => {
    const { access } = await answering(() => ({ type: 'text/html', body: PAGE }));
    await expect(taggedResources(access, 'eu-west-1')).rejects.toThrow(
      answerError(/^Resource Groups Tagging API GetResources: .* got HTTP 200 with content type text\/html;/),
    );
  });

  test('an answer after it is taken', async () => {
    const users = '<ListUsersResponse><ListUsersResult><Users/></ListUsersResult></ListUsersResponse>';
    const { access } = await answering((n) =>
      n < 3 ? { type: 'text/html', body: PAGE } : { type: 'text/xml', body: users },
    );
    expect(await listIamUsers(access.client(IAMClient), access.signal)).toEqual([]);
  });
});

const RESOURCES = [{ arn: 'arn:aws:s3:::one', region: 'eu-west-1', tags: { Owner: 'ana' } }];

test('an answer beyond the limit ends with the limit, and is not requested again', async () => {
  process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE = '512';
  const bytes = 17 * 1024 * 1024;
  const { access, aws } = await local({
    bill: bill({ resources: RESOURCES }),
    faults: [{ action: 'tag:*', kind: 'padded', bytes }],
  });
  await expect(taggedResources(access, 'eu-west-1')).rejects.toThrow(
    answerError(
      'Resource Groups Tagging API GetResources: expected an answer of at most 16 MB, got a larger one; choose fewer days, Regions or services in the settings',
    ),
  );
  expect(aws.requests).toHaveLength(1);
});

test('the limit grows with the memory of the function', async () => {
  process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE = '1024';
  const bytes = 17 * 1024 * 1024;
  const { access } = await local({
    bill: bill({ resources: RESOURCES }),
    faults: [{ action: 'tag:*', kind: 'padded', bytes }],
  });
  expect(await taggedResources(access, 'eu-west-1')).toHaveLength(1);
});

test('the time is that of AWS’s last answer, and the function’s own before the first', async () => {
  const { access } = await local({ now: () => new Date('2026-03-15T12:00:01Z') });
  expect(Math.abs(access.now().getTime() - Date.now())).toBeLessThan(60_000);
  await regionsToAsk(access);
  expect(access.now()).toEqual(new Date('2026-03-15T12:00:01Z'));
});

test('an error of AWS also has its time', async () => {
  const now = () => new Date('2026-03-15T12:00:01Z');
  const { access } = await local({ now, denied: ['account:ListRegions'] });
  await expect(regionsToAsk(access)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  expect(access.now()).toEqual(now());
});

test('an answer with an invalid date leaves the function’s own time', async () => {
  const body = JSON.stringify({ Regions: [{ RegionName: 'eu-west-1' }] });
  const { access } = await answering(() => ({ type: 'application/json', body, date: 'yesterday' }));
  await regionsToAsk(access);
  expect(Math.abs(access.now().getTime() - Date.now())).toBeLessThan(60_000);
});
