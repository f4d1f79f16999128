import { resourceArn, serviceOf } from '../../../lambdas/domain/resource-arn';

const PLACE = { partition: 'aws', region: 'eu-west-1', accountId: '111122223333' };

test.each([
  ['i-0a1b2c3d', 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0a1b2c3d', true],
  ['vol-0a1b2c3d', 'arn:aws:ec2:eu-west-1:111122223333:volume/vol-0a1b2c3d', true],
  ['nat-0a1b2c3d', 'arn:aws:ec2:eu-west-1:111122223333:natgateway/nat-0a1b2c3d', true],
  [
    'arn:aws:lambda:eu-west-1:111122223333:function:f',
    'arn:aws:lambda:eu-west-1:111122223333:function:f',
    true,
  ],
  ['my.bucket-1', 'arn:aws:s3:::my.bucket-1', false],
  ['i-love-buckets', 'arn:aws:s3:::i-love-buckets', false],
])('the ARN of the resource %s is %s', (id, arn, certain) => {
  expect(resourceArn(id, PLACE)).toEqual({ arn, certain });
});

test.each(['NoResourceId', 'with space', '', 'A'])('%p has no known ARN', (id) => {
  expect(resourceArn(id, PLACE)).toBeUndefined();
});

test.each([
  ['arn:aws:ec2:eu-west-1:111122223333:instance/i-0a1b2c3d', 'ec2'],
  ['arn:aws:s3:::my.bucket-1', 's3'],
  ['arn:aws', 'unknown'],
])('the service of %s is %s', (arn, service) => {
  expect(serviceOf(arn)).toBe(service);
});
