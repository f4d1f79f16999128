import fc from 'fast-check';
import { accountOfFunctionArn, readArn } from '../../../lambdas/domain/arn';

test('any ARN is read in its parts', () => {
  const field = fc.stringMatching(/^[a-z0-9-]*$/);
  const parts = fc.record({
    partition: fc.constantFrom('aws', 'aws-cn', 'aws-us-gov'),
    service: fc.constantFrom('lambda', 's3', 'ec2'),
    region: field,
    accountId: field,
    resource: fc.string({ minLength: 1 }),
  });
  fc.assert(
    fc.property(parts, (arn) => {
      const { partition, service, region, accountId, resource } = arn;
      expect(readArn(`arn:${partition}:${service}:${region}:${accountId}:${resource}`)).toEqual(arn);
    }),
  );
});

test.each([
  '',
  'i-0a1b',
  'arn:aws:s3:::',
  'arn:aws:s3',
  'arn::s3:::bucket',
  'arn:aws::::bucket',
  'xarn:aws:s3:::b',
])('%p is no ARN', (text) => {
  expect(readArn(text)).toBeUndefined();
  expect(() => accountOfFunctionArn(text)).toThrow(
    `expected an ARN such as arn:aws:lambda:eu-west-1:111122223333:function:NAME, got "${text}"`,
  );
});

test.each([
  ['arn:aws:lambda:eu-west-1:111122223333:function:tollgate', 'aws'],
  ['arn:aws-cn:lambda:cn-north-1:111122223333:function:tollgate:live', 'aws-cn'],
])('the account of %s is known', (arn, partition) => {
  expect(accountOfFunctionArn(arn)).toEqual({ partition, accountId: '111122223333' });
});

test.each([
  'arn:aws:lambda:eu-west-1::function:tollgate',
  'arn:aws:lambda:eu-west-1:111122223333:layer:tollgate',
  'arn:aws:s3:::function:tollgate',
])('%s is the ARN of no function in an account', (arn) => {
  expect(() => accountOfFunctionArn(arn)).toThrow(
    `expected the ARN of a Lambda function with its account, got "${arn}"`,
  );
});
