import { awsAccess } from '../aws/access';
import { requestMeter } from '../aws/request-meter';
import { describeFailures } from '../failure';
import { NO_SERIES } from '../sinks/sink';
import { textSink } from '../sinks/text';
import { collectorFor } from './collector-for';
import type { OwnCollectorDefinition, OwnRun } from './own-collector';

/**
 * Collects once, without a sink and a ledger, and returns all groups in the text format of Prometheus. It serves tests of a
 * collector.
 * @param run Properties of the run. By default, the account is 000000000000 and the scheduled time is the clock's.
 * @throws Error that names every group that could not be filled.
 */
export async function exposition(
  collector: OwnCollectorDefinition,
  run: Partial<Omit<OwnRun, 'client'>> = {},
): Promise<string> {
  const { signal = new AbortController().signal, scheduledTime = new Date(), ...account } = run;
  const collect = collectorFor(collector, awsAccess(requestMeter(0), signal));
  const { registered = [], failures } = await collect({ ...NO_ACCOUNT, ...account, scheduledTime });
  if (failures.length > 0) throw new Error(`${collector.name}: ${describeFailures(failures)}`);
  let text = '';
  const sink = textSink((written) => {
    text += written;
  });
  for (const group of registered) await sink.put(group, { signal, time: scheduledTime, series: NO_SERIES });
  return text;
}

const NO_ACCOUNT = { accountId: '000000000000', partition: 'aws', suiteAccounts: [] };
