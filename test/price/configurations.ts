import { everyAction } from '../../lambdas/catalog/actions';
import type { MemberRole } from '../../lib/local/aws/server';
import type { GeneratedBillOptions } from '../../lib/local/bill/generated';
import { monthlyPrices } from '../../lib/price';
import { type SomeSettings, settingsWith } from '../support/functions';

export interface Configuration {
  readonly settings: SomeSettings;
  /** Contents of the account. @default a small account */
  readonly bill?: Partial<GeneratedBillOptions>;
  /** Groups per page of Cost Explorer. @default all on one page */
  readonly pageSize?: number;
  /** @default true */
  readonly resourceDataEnabled?: boolean;
  /** Roles of the members of the organization. @default none can be entered */
  readonly memberRoles?: readonly MemberRole[];
}

const JUST_ENOUGH = Math.max(...monthlyPrices(settingsWith()).map(({ queriesPerRun }) => queriesPerRun));

/** Each further rule of attribution is one more query. */
const ATTRIBUTIONS: Readonly<Record<string, Configuration>> = {
  'owners by tag only': { settings: { attribution: ['owner-tag'] } },
  'owners by who created it only': { settings: { attribution: ['created-by'] } },
  'owners by tag, then by who created it': { settings: { attribution: ['owner-tag', 'created-by'] } },
  'owners by who created it, then by tag': { settings: { attribution: ['created-by', 'owner-tag'] } },
};

const member = (accountId: string) => ({ accountId, roleArn: `arn:aws:iam::${accountId}:role/tollgate` });
const MEMBERS = [member('222233334444'), member('333344445555')];
const MEMBER_ROLES = MEMBERS.map(({ roleArn }) => ({
  roleArn,
  actions: everyAction(),
}));

/** The month of the last settled day is not over, so there is a forecast. */
const NO_FIRST_DAYS = new Date('2026-03-25T06:00:00Z');

/** Configurations that might change the number of queries, with one or two changes each. */
export const CONFIGURATIONS: Readonly<Record<string, Configuration>> = {
  'nothing set': { settings: {} },
  'an account without users': { settings: {}, bill: { users: 0 } },
  'more users than a page of IAM holds': { settings: {}, bill: { users: 230, resourcesPerUser: 0 } },
  'many resources': { settings: {}, bill: { users: 30, resourcesPerUser: 12 } },
  'ten Regions': { settings: {}, bill: { regions: 10, resourcesPerUser: 10 } },
  'two of the Regions in scope': { settings: { regions: ['eu-west-1', 'global'] }, bill: { regions: 5 } },
  'a Region in scope that has no cost': { settings: { regions: ['sa-east-1'] } },
  'another tag': { settings: { ownerTag: 'team' }, bill: { ownerTag: 'team' } },
  'an owner tag that no resource has': { settings: { ownerTag: 'unused-tag' } },
  'one day': { settings: { costDays: 1, resourceDays: 1 } },
  'resources for longer than costs': { settings: { costDays: 2, resourceDays: 14 } },
  'a year of costs': { settings: { costDays: 365 }, bill: { days: 60 } },
  'a window over two months': {
    settings: { costDays: 30 },
    bill: { days: 40, asOf: new Date('2026-03-15T06:00:00Z') },
  },
  'a settling time of a week': {
    settings: { settleDays: 7, resourceDays: 8 },
    bill: { days: 40, asOf: NO_FIRST_DAYS },
  },
  'the longest settling time': {
    settings: { settleDays: 14, resourceDays: 1 },
    bill: { days: 40, asOf: NO_FIRST_DAYS },
  },
  'three runs a day, one hour given twice': {
    settings: { hours: { 'user-costs': [6, 14, 22, 22], 'iam-users': [0, 12] } },
  },
  'a cap that is just enough': { settings: { maxRequests: JUST_ENOUGH } },
  'several services': {
    settings: {
      resourceServices: ['Amazon Elastic Compute Cloud - Compute', 'Amazon Simple Storage Service'],
    },
  },
  'no costs by resource': { settings: { resourceServices: [] } },
  'resource-level data switched off': { settings: {}, resourceDataEnabled: false },
  'small pages': { settings: {}, pageSize: 25 },
  'pages of one group, and a cap that allows them': {
    settings: { maxRequests: 2_000 },
    bill: { users: 2, regions: 1, days: 15 },
    pageSize: 1,
  },
  'jobs of twenty series': { settings: { maxSeries: 20, deployment: 'blue' }, bill: { users: 25 } },
  'projects for a year': { settings: { projectDays: 365 } },
  'a project tag that no resource has': { settings: { projectTag: 'unused-tag' } },
  'usage types of two projects': { settings: { projectUsageTypes: ['atlas', ''] } },
  'costs of roles': { settings: { roleCosts: true } },
  'the profile xc3': { settings: { metricProfile: 'xc3', projectUsageTypes: ['atlas'] } },
  'an organization that is not entered': { settings: {}, bill: { members: 2 } },
  'two members, each entered': {
    settings: { members: MEMBERS, roleCosts: true },
    bill: { members: 2 },
    memberRoles: MEMBER_ROLES,
  },
  ...ATTRIBUTIONS,
};
