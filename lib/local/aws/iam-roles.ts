import type { IamRole } from '../bill/bill';
import type { Operation } from './operation';
import { pageOfList, pageTokens } from './page-tokens';
import { listOf, oneOf, optional, structure, text, wholeNumber } from './shape';

interface Input {
  readonly Filter: readonly 'Role'[];
  readonly Marker: string | undefined;
  readonly MaxItems: number | undefined;
}

const readInput = structure<Input>({
  Filter: listOf(oneOf(['Role'] as const), { least: 1 }),
  Marker: optional(text),
  MaxItems: optional(wholeNumber(1, 1000)),
});

/**
 * Lists the roles of the account.
 * @param pageSize most roles on a page, whatever MaxItems is.
 */
export function getAccountAuthorizationDetails(pageSize: number): Operation {
  const tokens = pageTokens({ unknown: 'ValidationException', changed: 'ValidationException' });
  return {
    pageNumber: ({ Marker }) => tokens.pageNumber(Marker),
    answer(input, { account: { accountId, roles } }) {
      const { Marker, MaxItems = pageSize } = readInput(input, '');
      const size = Math.min(MaxItems, pageSize);
      const { items, next } = pageOfList(tokens, roles, { query: accountId, token: Marker, size });
      return {
        ...OTHERS,
        RoleDetailList: items.map(wireDetail),
        IsTruncated: next !== undefined,
        Marker: next,
      };
    },
  };
}

/** The arrays that the filter excludes. IAM sends them empty. */
const OTHERS = { UserDetailList: [], GroupDetailList: [], Policies: [] };

function wireDetail(role: IamRole) {
  const { instanceProfileArn, lastUsed } = role;
  return {
    ...wireRole(role),
    InstanceProfileList: instanceProfileArn === undefined ? [] : [wireProfile(instanceProfileArn, role)],
    RolePolicyList: [],
    AttachedManagedPolicies: [],
    Tags: [],
    RoleLastUsed: { LastUsedDate: lastUsed?.date, Region: lastUsed?.region },
  };
}

function wireRole({ path, roleName, roleId, arn, createDate, ...role }: IamRole) {
  return {
    Path: path,
    RoleName: roleName,
    RoleId: roleId,
    Arn: arn,
    CreateDate: createDate,
    AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(role.trust ?? trustIn(role))),
  };
}

/** Returns the principals as IAM writes them: one as a string, several as an array. */
function trustIn({ trustedServices: [first, ...others] }: Pick<IamRole, 'trustedServices'>) {
  const Service = others.length === 0 ? first : [first, ...others];
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
  };
}

function wireProfile(arn: string, role: IamRole) {
  const { roleId, path, createDate } = role;
  return {
    Path: path,
    InstanceProfileName: arn.slice(arn.lastIndexOf('/') + 1),
    InstanceProfileId: roleId.replace('AROA', 'AIPA'),
    Arn: arn,
    CreateDate: createDate,
    Roles: [wireRole(role)],
  };
}
