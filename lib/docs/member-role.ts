import { everyAction } from '../../lambdas/catalog/actions';
import { COLLECTORS } from '../../lambdas/catalog/collectors';

/**
 * Returns docs/member-role.template.json: the role of a member account, for a CloudFormation stack or a stack set. It allows
 * the actions that the collectors' functions have in their own account. A principal of that account that may call
 * `sts:AssumeRole` can assume it with the external id.
 */
export function memberRoleTemplate(): object {
  return {
    Description: 'Tollgate: the role by which its collectors read this account.',
    Parameters: PARAMETERS,
    Conditions: { WithResourceCosts: { 'Fn::Equals': [{ Ref: 'ResourceCosts' }, 'true'] } },
    Resources: { Role: { Type: 'AWS::IAM::Role', Properties: ROLE } },
    Outputs: {
      RoleArn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] }, Description: 'For the setting members.' },
    },
  };
}

const PARAMETERS = {
  CollectorAccount: {
    Type: 'String',
    AllowedPattern: '^\\d{12}$',
    Description: 'The account that Tollgate is deployed to.',
  },
  ExternalId: {
    Type: 'String',
    AllowedPattern: '^[\\w+=,.@:/-]{2,1224}$',
    NoEcho: true,
    Description: 'The externalId of the setting members.',
  },
  RoleName: {
    Type: 'String',
    Default: 'tollgate',
    AllowedPattern: '^[\\w+=,.@-]{1,64}$',
    Description: 'The name of the role. Two installations of Tollgate need different names.',
  },
  ResourceCosts: {
    Type: 'String',
    Default: 'true',
    AllowedValues: ['true', 'false'],
    Description: 'Set to false if the setting resourceServices is [] and roleCosts is off.',
  },
};

const TRUST = {
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
  Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${CollectorAccount}:root' } },
  Condition: { StringEquals: { 'sts:ExternalId': { Ref: 'ExternalId' } } },
};

const ROLE = {
  RoleName: { Ref: 'RoleName' },
  Description: 'Read by Tollgate: who exists, and what it cost.',
  AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [TRUST] },
  Policies: [
    {
      PolicyName: 'read',
      PolicyDocument: { Version: '2012-10-17', Statement: statements() },
    },
  ],
};

/** Returns the actions that are always needed, and those that only costs by resource need. */
function statements(): object[] {
  const always = new Set<string>(Object.values(COLLECTORS).flatMap(({ actions }) => [...actions]));
  const optional = everyAction().filter((action) => !always.has(action));
  const ifChosen = ['WithResourceCosts', allow(optional), { Ref: 'AWS::NoValue' }];
  return [allow([...always].sort()), { 'Fn::If': ifChosen }];
}

function allow(actions: readonly string[]): object {
  return { Effect: 'Allow', Action: actions, Resource: '*' };
}
