import type { CollectorName } from '../../lambdas/catalog/collectors';
import type { SettingsInput } from '../../lambdas/catalog/settings';
import { readSettings } from '../../lib/config';
import { deployedCollectors } from '../../lib/price';
import { MEMBER_IDS, SETTINGS, WEBHOOK_SECRET, withMembers } from '../support/deployment';
import { startRecordingGateway } from '../support/recording-gateway';
import { smallBill } from './bills';
import type { Contents } from './contents';
import { once } from './once';
import { inScene, type Ran, type RunOptions, type Scene } from './scene';

/** What came of every collector's run, in the order of the catalog, and what the gateway then held. */
export interface Suite {
  readonly ran: readonly Ran[];
  readonly contents: Contents;
}

export const COLLECTING = deployedCollectors(readSettings({ pushgateway: SETTINGS.pushgateway }));

/** With all months that Cost Explorer looks back. */
export const HISTORY = smallBill({ months: 13 });

/** Every collector with the settings that need none, in one account, one page an answer. */
export const calmSuite = once(() => inScene((scene) => runSuite(scene, COLLECTING, { bill: HISTORY })));

export async function runSuite(
  scene: Scene,
  collectors: readonly CollectorName[],
  options: RunOptions = {},
): Promise<Suite> {
  const ran = await Promise.all(collectors.map((collector) => scene.run(collector, options)));
  return { ran, contents: await scene.contents() };
}

/** Whatever asks Cost Explorer for more is switched on. */
export const EVERYTHING_ON = {
  ...SETTINGS,
  attribution: ['owner-tag', 'created-by'],
  projectUsageTypes: ['atlas', 'search'],
  roleCosts: true,
} satisfies SettingsInput;

export const ORGANIZATION = smallBill({ members: MEMBER_IDS.length, months: 2 });

/** Every collector, the digest too, with everything switched on, in the account of an organization and its members. */
export const memberSuite = once(() => inScene(runEverything));

async function runEverything(scene: Scene): Promise<Suite> {
  const prometheus = await startRecordingGateway((_, response) => void response.end(NO_SERIES));
  try {
    return await runSuite(scene, deployedCollectors(readSettings(EVERYTHING_ON)), {
      bill: ORGANIZATION,
      memberRoles: withMembers().memberRoles,
      secrets: { [WEBHOOK_SECRET]: `${prometheus.url}/webhook` },
      settings: {
        ...EVERYTHING_ON,
        pushgateway: { url: scene.gateway.url },
        digest: { ...SETTINGS.digest, format: 'slack', prometheusUrl: prometheus.url },
      },
    });
  } finally {
    await prometheus.stop();
  }
}

const NO_SERIES = JSON.stringify({ status: 'success', data: { resultType: 'vector', result: [] } });
