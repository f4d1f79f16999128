import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { readSchedules } from '../../lib/local/cloud-assembly';

const outdir = mkdtempSync(path.join(tmpdir(), 'assembly-'));
afterAll(() => rmSync(outdir, { recursive: true }));

const PLACE = { accountId: '111122223333', region: 'eu-west-1' };

/** Reads a stack with one function, its role with these statements, and a table. */
function functionWith(statements: readonly object[]) {
  const Resources = {
    Memory: { Type: 'AWS::DynamoDB::Table' },
    Role: { Type: 'AWS::IAM::Role' },
    Policy: {
      Type: 'AWS::IAM::Policy',
      Properties: { Roles: [{ Ref: 'Role' }], PolicyDocument: { Statement: statements } },
    },
    Fn: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { S3Key: 'abc.zip' },
        Handler: 'index.handler',
        Environment: { Variables: { TABLE: { Ref: 'Memory' } } },
        Timeout: 60,
        MemorySize: 128,
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      },
    },
    Nightly: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        ScheduleExpression: 'cron(0 6 * * ? *)',
        Target: { Arn: { 'Fn::GetAtt': ['Fn', 'Arn'] }, Input: '{}' },
      },
    },
  };
  const files = { abc: { source: { path: 'asset.abc' } } };
  writeFileSync(path.join(outdir, 'Stack.template.json'), JSON.stringify({ Resources }));
  writeFileSync(path.join(outdir, 'Stack.assets.json'), JSON.stringify({ files }));
  return readSchedules(outdir, PLACE)[0]?.function;
}

const TABLE_ARN = 'arn:aws:dynamodb:eu-west-1:111122223333:table/Memory';

test('a permission keeps its resource, unless that is every resource', () => {
  const fn = functionWith([
    { Effect: 'Allow', Action: 'ce:GetCostAndUsage', Resource: '*' },
    {
      Effect: 'Allow',
      Action: ['dynamodb:GetItem', 'dynamodb:Query'],
      Resource: { 'Fn::GetAtt': ['Memory', 'Arn'] },
    },
  ]);
  expect(fn?.actions).toEqual([
    'ce:GetCostAndUsage',
    { action: 'dynamodb:GetItem', resource: TABLE_ARN },
    { action: 'dynamodb:Query', resource: TABLE_ARN },
  ]);
  expect(fn?.environment).toEqual({ TABLE: 'Memory' });
});

test.each([
  { Effect: 'Deny', Action: 'ce:GetCostAndUsage', Resource: '*' },
  { Effect: 'Allow', Action: 'ce:*', Resource: '*' },
  { Effect: 'Allow', Action: 'ce:GetCostAndUsage', Resource: '*', Condition: { Bool: {} } },
  { Effect: 'Allow', Action: 'dynamodb:Query', Resource: 'arn:aws:dynamodb:eu-west-1:111122223333:table/*' },
])('a statement that needs a policy engine is an error: %j', (statement) => {
  expect(() => functionWith([statement])).toThrow(
    'Policy: expected statements that allow exact actions on exact resources without conditions',
  );
});
