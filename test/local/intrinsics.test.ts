import { resolve } from '../../lib/local/intrinsics';

const DEPLOYMENT = {
  accountId: '111122223333',
  region: 'eu-west-1',
  types: { Fn: 'AWS::Lambda::Function', Queue: 'AWS::SQS::Queue', Memory: 'AWS::DynamoDB::Table' },
};

test('Ref, GetAtt, Join and Sub are resolved everywhere', () => {
  const template = {
    Name: { Ref: 'Fn' },
    Arn: { 'Fn::GetAtt': ['Fn', 'Arn'] },
    Table: [{ Ref: 'Memory' }, { 'Fn::GetAtt': ['Memory', 'Arn'] }],
    List: [{ 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, ':*']] }, 7, null],
    Bucket: {
      'Fn::Sub': ['assets', 'AWS::AccountId', 'AWS::Region']
        .join('-')
        .replace(/AWS::\w+/g, (name) => `\${${name}}`),
    },
  };
  expect(resolve(template, DEPLOYMENT)).toEqual({
    Name: 'Fn',
    Arn: 'arn:aws:lambda:eu-west-1:111122223333:function:Fn',
    Table: ['Memory', 'arn:aws:dynamodb:eu-west-1:111122223333:table/Memory'],
    List: ['arn:aws:sqs:eu-west-1:111122223333:queue:Queue:*', 7, null],
    Bucket: 'assets-111122223333-eu-west-1',
  });
});

test.each([
  [{ 'Fn::ImportValue': 'x' }, 'expected Ref, Fn::GetAtt, Fn::Join or Fn::Sub, got Fn::ImportValue "x"'],
  [{ Ref: 'Nobody' }, 'expected a resource or pseudo parameter, got Nobody'],
  [{ 'Fn::GetAtt': ['Fn', 'Version'] }, 'expected the attribute Arn, got Fn.Version'],
])('%j is an error', (value, problem) => {
  expect(() => resolve(value, DEPLOYMENT)).toThrow(`template: ${problem}`);
});
