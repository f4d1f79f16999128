import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { CollectorName } from '../../../../lambdas/catalog/collectors';
import { groupText } from '../../../support/exposition';
import { FOUND, xc3Groups } from './findings';

const METRICS: readonly (readonly [string, CollectorName])[] = [
  ['IAM_Users', 'iam-users'],
  ['IAM_USER_Total_Services_Cost_List', 'user-costs'],
  ['IAM_USER_Resource_Cost_List', 'user-costs'],
  ['IAM_Role_All', 'roles'],
  ['IAM_Role_Service', 'roles'],
  ['Total_Account_Cost', 'accounts'],
  ['Expensive_Services_Detail', 'services'],
  ['Project_Spend_Cost', 'projects'],
  ['_Services_Cost', 'projects'],
  ['TaggingResourceList', 'tags'],
];

test.each(METRICS)('the metric %s of the collector %s equals XC3’s output', async (metric, collector) => {
  const groups = xc3Groups(FOUND[collector]).filter(({ samples }) =>
    samples.some((sample) => sample.metric.endsWith(metric)),
  );
  const texts = await Promise.all(groups.map(groupText));
  expect(texts.join('\n')).toBe(readFileSync(path.join(__dirname, `${metric}.prom`), 'utf8'));
});

test('no other metric is pushed', () => {
  const found = Object.values(FOUND).flat();
  const metrics = xc3Groups(found).flatMap(({ samples }) => samples.map(({ metric }) => metric));
  const unknown = metrics.filter((name) => !METRICS.some(([metric]) => name.endsWith(metric)));
  expect(unknown).toEqual([]);
});
