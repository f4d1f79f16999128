import type { DeployedFunction } from '../../lib/local/cloud-assembly';
import { billOf } from '../support/bill';
import { deployed, withSettings } from '../support/deployed';
import { runFunction, withEnvironment } from '../support/functions';
import { costGroups, type RecordingGateway, startRecordingGateway } from '../support/recording-gateway';
import { stopAfterAll } from '../support/stop';

let gateway: RecordingGateway;
let userCosts: DeployedFunction;
beforeAll(async () => {
  gateway = await stopAfterAll(startRecordingGateway());
  const { function: fn } = await deployed('user-costs');
  userCosts = withSettings(fn, 'user-costs', { sinks: [{ type: 'pushgateway', url: gateway.url }] });
});
beforeEach(() => gateway.clear());

const SCHEDULED = new Date('2026-02-28T23:30:00Z');

test.each(['Pacific/Kiritimati', 'America/Los_Angeles'])(
  'a host in %s publishes the same as a host in UTC',
  async (TZ) => {
    await lateRun({ asOf: '2026-02-28T23:31:00Z', environment: { TZ: 'UTC' } });
    const expected = facts(gateway);
    gateway.clear();
    await lateRun({ asOf: '2026-02-28T23:31:00Z', environment: { TZ } });
    expect(facts(gateway)).toEqual(expected);
    expect(expected.size).toBeGreaterThan(4);
  },
);

test('a run that is retried after midnight publishes the same period', async () => {
  const inTime = await lateRun({ asOf: '2026-02-28T23:31:00Z' });
  const before = facts(gateway);
  gateway.clear();
  const late = await lateRun({ asOf: '2026-03-01T00:05:00Z' });
  expect([inTime, late].map(({ error }) => error?.errorMessage)).toEqual([undefined, undefined]);
  expect(facts(gateway)).toEqual(before);
});

/** Runs the function for the schedule of 23:30, at the moment `asOf` of AWS. */
function lateRun({ asOf, environment = {} }: { asOf: string; environment?: Record<string, string> }) {
  const bill = { ...billOf({ days: 20, asOf: new Date('2026-02-28T23:31:00Z') }), asOf: new Date(asOf) };
  return runFunction(withEnvironment(userCosts, environment), { bill, scheduledTime: SCHEDULED });
}

/** Returns the groups about cost, without estimated days: whether AWS calls a day estimated depends on the time of the request. */
function facts(recorded: RecordingGateway): Map<string, string> {
  const groups = [...costGroups(recorded)];
  return new Map(groups.map(([name, text]) => [name, text.replace(/^aws_region_day_estimated.*\n/gm, '')]));
}
