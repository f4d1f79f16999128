import { emptyBill } from '../../support/bill';
import { seriesIn } from '../../support/exposition-lines';
import { bundledFunction, runFunction, variablesOf } from '../../support/functions';
import { realPushgateway } from '../../support/real-servers';
import { stopAfterAll } from '../../support/stop';

test('grouping labels are part of every group of a run, and the run reads its groups back under them', async () => {
  const gateway = await stopAfterAll(realPushgateway());
  const sinks = [{ type: 'pushgateway' as const, url: gateway.url, groupingLabels: { instance: 'blue' } }];
  const fn = await bundledFunction('iam-users', { environment: variablesOf('iam-users', { sinks }) });
  const { error } = await runFunction(fn, { bill: emptyBill() });
  expect(error).toBeUndefined();
  const text = await (await fetch(`${gateway.url}/metrics`)).text();
  const groups = seriesIn(text).filter(({ name }) => name === 'push_time_seconds');
  expect(groups.map(({ labels }) => labels.job).sort()).toEqual([
    'IAM_User_Details',
    'tollgate',
    'tollgate_success',
  ]);
  expect(groups.map(({ labels }) => labels.instance)).toEqual(['blue', 'blue', 'blue']);
  // A run that does not find its own groups at the gateway would push them again and report them as lost.
  const lost = seriesIn(text).filter(({ name }) => /missing|lost/.test(name));
  expect(new Set(lost.map(({ value }) => value))).toEqual(new Set([0]));
});
