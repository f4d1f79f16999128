import type { Group } from '../../../../lambdas/metrics/group';
import { pushgatewaySink } from '../../../../lambdas/sinks/pushgateway';
import { putAll } from '../../../hostile/push-all';
import { realPushgateway } from '../../../support/real-servers';
import { FOUND, HOME, OTHER_ACCOUNT, xc3Groups } from './findings';

const MEMBER = '777788889999';

test('a Pushgateway accepts the groups of the home account, of a member, and of the next day', async () => {
  const found = Object.values(FOUND).flat();
  const gateway = await realPushgateway();
  try {
    const sink = pushgatewaySink({ url: gateway.url });
    await putAll(sink, xc3Groups(found));
    await putAll(sink, xc3Groups(ofMember(found), { isMember: true, accountId: MEMBER }));
    await putAll(sink, xc3Groups(found, { scheduledTime: new Date('2026-03-03T06:00:00Z') }));
  } finally {
    await gateway.stop();
  }
});

/** Returns the groups with the account ids of another organization. */
function ofMember(found: readonly Group[]): Group[] {
  const text = JSON.stringify(found).replaceAll(HOME, MEMBER).replaceAll(OTHER_ACCOUNT, '888899990000');
  return JSON.parse(text);
}
