import { type Group, group } from '../../lambdas/metrics/group';
import { sample } from '../../lambdas/metrics/sample';
import { remoteWriteSink } from '../../lambdas/sinks/remote-write/remote-write-sink';
import { remoteWriteHistory } from '../../lib/backfill/remote-write-history';
import { type Receiver, receiver } from '../support/receiver';

const ACCOUNT = '111122223333';
const SERVICES = `services ${ACCOUNT}`;

test('a group that a later run of the collector lacks is ended, and those of other collectors stay', async () => {
  const { receiving, write } = history();
  await write('2026-03-01', SERVICES, services('eu-west-1'), services('us-east-1'));
  await write('2026-03-01', `projects ${ACCOUNT}`, projects());
  await write('2026-03-02', SERVICES, services('eu-west-1'));
  expect(seen(receiving)).toEqual(['Project-Spend-Cost', 'Services_Cost_eu-west-1']);
  await write('2026-03-03', SERVICES, services('us-east-1'));
  expect(seen(receiving)).toEqual(['Project-Spend-Cost', 'Services_Cost_us-east-1']);
});

function history() {
  const receiving = receiver();
  const sink = remoteWriteSink({ url: 'https://receiver/api/v1/push', exchange: receiving.exchange });
  const { write } = remoteWriteHistory(sink, new AbortController().signal);
  return {
    receiving,
    write: (day: string, of: string, ...groups: Group[]) => write({ of, at: new Date(day), groups }),
  };
}

/** Returns the jobs of the series that have not ended. */
function seen(receiving: Receiver): string[] {
  return Object.keys(receiving.visible(() => true)).map((series) => /job="(.*?)"/.exec(series)?.[1] ?? '');
}

function services(region: string): Group {
  const labels = { account_id: ACCOUNT, region };
  const cost = { ...labels, service: 'Amazon S3' };
  return group('Services_Cost', labels, [sample('aws_service_billed_cost_usd', cost, 1)]);
}

function projects(): Group {
  const labels = { account_id: ACCOUNT };
  return group('Project-Spend-Cost', labels, [
    sample('aws_project_billed_cost_usd', { ...labels, project: 'atlas' }, 1),
  ]);
}
