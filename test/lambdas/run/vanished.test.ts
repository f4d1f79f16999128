import { missedData } from '../../../lambdas/run/missed-data';
import { vanishedGroups } from '../../../lambdas/run/vanished';

const group = (job: string, account_id = '111122223333') => ({ job, groupingKey: { account_id } });
const NOTHING = { owned: [], possible: [], current: [], unavailable: [] };

test('groups that were published and are not current have vanished, each once', () => {
  const owned = [group('Services_Cost_eu-west-1'), group('Services_Cost_xx-new-1')];
  const possible = [group('Services_Cost_eu-west-1'), group('Services_Cost_us-east-1')];
  const current = [group('Services_Cost_us-east-1')];
  expect(vanishedGroups({ ...NOTHING, owned, possible, current })).toEqual([
    group('Services_Cost_eu-west-1'),
    group('Services_Cost_xx-new-1'),
  ]);
});

test('a group of another account or with another key is another group', () => {
  const owned = [group('Services_Cost_eu-west-1'), group('Services_Cost_eu-west-1', '222233334444')];
  expect(vanishedGroups({ ...NOTHING, owned, current: owned.slice(0, 1) })).toEqual(owned.slice(1));
});

test('groups of data that was not available stay, of one Region or of all', () => {
  const owned = [
    'IAM_User_Resource_List_Cost_eu-west-1',
    'IAM_User_Resource_List_Cost_us-east-1',
    'IAM_User_Total_Services_Cost_List_eu-west-1',
    'TaggingResourceList_eu-west-1',
    'TaggingResourceList_us-east-1',
    'Total_Account_Cost',
    'Total_Account_Cost_Forecast',
  ].map((job) => group(job));
  const unavailable = [
    { part: 'resource_costs', jobs: ['IAM_User_Resource_List_Cost', 'IAM_User_Total_Services_Cost_List'] },
    { part: 'tags', jobs: ['TaggingResourceList'], region: 'eu-west-1' },
    { part: 'account_costs', jobs: ['Total_Account_Cost'] },
  ] as const;
  expect(vanishedGroups({ ...NOTHING, owned, unavailable }).map(({ job }) => job)).toEqual([
    'TaggingResourceList_us-east-1',
    'Total_Account_Cost_Forecast',
  ]);
});

test('data is missed if it was published before or belongs to one Region, since the first run without it', () => {
  const scheduledTime = new Date('2026-03-15T06:00:00Z');
  const unavailable = [
    { part: 'resource_costs', jobs: ['IAM_User_Resource_List_Cost'] },
    { part: 'forecast', jobs: ['Total_Account_Cost_Forecast'] },
    { part: 'tags', jobs: ['TaggingResourceList'], region: 'eu-west-1' },
  ] as const;
  const owned = [group('IAM_User_Resource_List_Cost_eu-west-1'), group('Total_Account_Cost')];
  const unavailableSince = { 'tags eu-west-1': '2026-03-12T06:00:00.000Z' };
  expect(missedData(unavailable, { scheduledTime, owned, unavailableSince })).toEqual([
    { part: 'resource_costs', since: scheduledTime },
    { part: 'tags', region: 'eu-west-1', since: new Date('2026-03-12T06:00:00Z') },
  ]);
});
