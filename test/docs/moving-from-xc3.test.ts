import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { METRICS } from '../../lambdas/catalog/metrics';
import { SETTINGS } from '../../lambdas/catalog/settings';

const page = readFileSync(path.join(__dirname, '..', '..', 'docs', 'moving-from-xc3.md'), 'utf8');

/** The metrics of XC3, in the page's order. */
const XC3 = [
  'IAM_Users',
  'IAM_USER_Resource_Cost_List',
  'IAM_USER_Total_Services_Cost_List',
  'IAM_Role_All',
  'IAM_Role_Service',
  'Total_Account_Cost',
  'Project_Spend_Cost',
  '<Project>_Services_Cost',
  'Expensive_Services_Detail',
  'TaggingResourceList',
];

test('every metric of XC3 has a row', () => {
  const section = page.slice(page.indexOf('## Metrics'), page.indexOf('## Labels'));
  const metrics = [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, metric]) => metric);
  expect(metrics).toEqual(XC3);
});

test('every metric and setting of Tollgate on the page exists', () => {
  const named = [...page.matchAll(/`((?:aws|tollgate)_\w+)`/g)].map(([, name = '']) => name);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !(name in METRICS))).toEqual([]);
  const settings = page.slice(page.indexOf('## Schedules and settings'), page.indexOf('## Dashboards'));
  const right = settings.split('\n').flatMap((row) => row.split('|')[2]?.match(/`([^`]+)`/g) ?? []);
  const keys = right
    .map((text) => text.replaceAll('`', '').split('.')[0] ?? '')
    .filter((key) => !isCollector(key));
  expect(keys.filter((key) => !(key in SETTINGS.entries))).toEqual([]);
});

function isCollector(key: string): boolean {
  return /^(iam-users|roles|accounts|projects|services|tags|digest)$/.test(key) && !(key in SETTINGS.entries);
}
