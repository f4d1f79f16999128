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

/** Results of one run of every collector, in the order of the catalog, and the contents of the gateway after them. */
export interface Suite {
  readonly ran: readonly Ran[];
  readonly contents: Contents;
}

export const COLLECTING = deployedCollectors(readSettings({ sinks: SETTINGS.sinks }));

/** A bill with all months that Cost Explorer keeps. */
export const HISTORY = smallBill({ months: 13 });

/** Runs every collector with default settings, in one account, with one page per answer. */
export const calmSuite = once(() => inScene((scene) => runSuite(scene, COLLECTING, { bill: HISTORY })));

export async function runSuite(
  scene: Scene,
  collectors: readonly CollectorName[],
  options: RunOptions = {},
): Promise<Suite> {
  const ran = await Promise.all(collectors.map((collector) => scene.run(collector, options)));
  return { ran, contents: await scene.contents() };
}

/** Runs the collectors, expects every run to be complete, and resolves with the gateway's contents. */
export async function runComplete(...given: Parameters<typeof runSuite>): Promise<Contents> {
  const { ran, contents } = await runSuite(...given);
  expect(ran.map(({ error }) => error)).toEqual(ran.map(() => undefined));
  return contents;
}

/** Settings that switch on every optional Cost Explorer query. */
export const EVERYTHING_ON = {
  ...SETTINGS,
  attribution: ['owner-tag', 'created-by'],
  projectUsageTypes: ['atlas', 'search'],
  roleCosts: true,
} satisfies SettingsInput;

export const ORGANIZATION = smallBill({ members: MEMBER_IDS.length, months: 2 });

/** Runs every collector and the digest, with everything switched on, in an organization with members. */
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
        sinks: [{ type: 'pushgateway', url: scene.gateway.url }],
        digest: { ...SETTINGS.digest, format: 'slack', prometheusUrl: prometheus.url },
      },
    });
  } finally {
    await prometheus.stop();
  }
}

const NO_SERIES = JSON.stringify({ status: 'success', data: { resultType: 'vector', result: [] } });
