import { COLLECTORS } from '../../lambdas/catalog/collectors';

/**
 * Returns docs/member-role.template.json: the role of a member account, for a CloudFormation stack or a stack set. It allows
 * the actions that the collectors' functions have in their own account. A principal of that account that may call
 * `sts:AssumeRole` can assume it with the external id.
 */
export function memberRoleTemplate(): object {
  return {
    Description: 'Tollgate: the role by which its collectors read this account.',
    Parameters: {
      CollectorAccount: {
        Type: 'String',
        AllowedPattern: '^\\d{12}$',
        Description: 'The account that Tollgate is deployed to.',
      },
      ExternalId: {
        Type: 'String',
        MinLength: 2,
        NoEcho: true,
        Description: 'The externalId of the setting members.',
      },
    },
    Resources: { Role: { Type: 'AWS::IAM::Role', Properties: ROLE } },
    Outputs: {
      RoleArn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] }, Description: 'For the setting members.' },
    },
  };
}

const TRUST = {
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
  Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${CollectorAccount}:root' } },
  Condition: { StringEquals: { 'sts:ExternalId': { Ref: 'ExternalId' } } },
};

const ROLE = {
  RoleName: 'tollgate',
  Description: 'Read by Tollgate: who exists, and what it cost.',
  AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [TRUST] },
  Policies: [
    {
      PolicyName: 'read',
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: memberActions(), Resource: '*' }],
      },
    },
  ],
};

/** Returns the IAM actions of all collectors, sorted. */
function memberActions(): string[] {
  return [...new Set(Object.values(COLLECTORS).flatMap(({ actions }) => [...actions]))].sort();
}
