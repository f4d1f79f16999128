import type { CollectorName } from '../../lambdas/catalog/collectors';
import type { SettingsInput } from '../../lambdas/catalog/settings';
import type { SimulatedLedger } from '../../lib/local/aws/dynamodb/operations';
import {
  type SimulatedAws,
  type SimulatedAwsOptions,
  type SimulatedRequest,
  startSimulatedAws,
} from '../../lib/local/aws/server';
import {
  type GatewayProxy,
  type GatewayProxyOptions,
  startGatewayProxy,
} from '../../lib/local/faults/gateway-proxy';
import { type Invocation, invoke } from '../../lib/local/lambda';
import { deployed } from '../support/deployed';
import { LONGEST_SECONDS, REGION, withEnvironment, withOverrides } from '../support/functions';
import { smallBill } from './bills';
import { type Contents, contentsOf } from './contents';
import { type Gateway, startGateway } from './gateway';

/** The AWS of one run, and the differences from the deployed function. */
export interface RunOptions extends Partial<Omit<SimulatedAwsOptions, 'callers' | 'port'>> {
  /** Settings that replace the deployed ones. By default there are no members, role costs or headers secret. */
  readonly settings?: Partial<SettingsInput>;
  readonly headersSecretArn?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Time limit that the function sees; it is ended by force much later. @default the longest */
  readonly timeoutSeconds?: number;
  /** @default the `asOf` of the bill */
  readonly scheduledTime?: Date;
  /** Members of the event besides the scheduled time. */
  readonly event?: { readonly replace?: boolean };
  /** The function's clock at its start. @default the machine's, or the scheduled time if that is later */
  readonly clock?: Date;
  /** @default the scene's gateway */
  readonly gatewayUrl?: string;
}

/** Result of one invocation. */
export interface Ran extends Pick<Invocation, 'error' | 'output'> {
  readonly seconds: number;
  readonly requests: readonly SimulatedRequest[];
  /** `part reason` of each failure in the function's log, for all accounts; undefined if it logged no report. */
  readonly failures: readonly string[] | undefined;
}

/** One real Pushgateway, and a way to run the deployed functions against it. */
export interface Scene {
  readonly gateway: Gateway;
  /** A ledger that outlives a run. By default each run has an empty one; pass this one to runs that shall remember each other. */
  readonly ledger: SimulatedLedger;
  run(collector: CollectorName, options?: RunOptions): Promise<Ran>;
  contents(): Promise<Contents>;
  /** Starts a proxy in front of the gateway; it stops with the scene. */
  proxy(options: Omit<GatewayProxyOptions, 'target'>): Promise<GatewayProxy>;
}

export function costExplorerRequests(requests: readonly SimulatedRequest[]): SimulatedRequest[] {
  return requests.filter(({ action }) => action.startsWith('ce:'));
}

export async function inScene<T>(
  play: (scene: Scene) => Promise<T>,
  options?: Parameters<typeof startGateway>[0],
): Promise<T> {
  const gateway = await startGateway(options);
  const proxies: GatewayProxy[] = [];
  try {
    return await play({
      gateway,
      ledger: { items: new Map() },
      run: (collector, given = {}) => run(collector, { gatewayUrl: gateway.url, ...given }),
      contents: () => contentsOf(gateway),
      proxy: async (given) => {
        const proxy = await startGatewayProxy({ target: gateway.url, ...given });
        proxies.push(proxy);
        return proxy;
      },
    });
  } finally {
    await Promise.all([gateway.remove(), ...proxies.map((proxy) => proxy.stop())]);
  }
}

async function run(
  collector: CollectorName,
  {
    settings,
    headersSecretArn,
    environment,
    timeoutSeconds = LONGEST_SECONDS,
    scheduledTime,
    event: others,
    clock,
    gatewayUrl = '',
    ...cloud
  }: RunOptions,
): Promise<Ran> {
  const { input, function: asDeployed } = await deployed(collector);
  const bill = cloud.bill ?? smallBill();
  const callers = [{ accessKeyId: 'AKIASCORECARD', name: collector, actions: asDeployed.actions }];
  const aws = await startSimulatedAws({ ...cloud, bill, callers });
  const sinks = [{ type: 'pushgateway', url: gatewayUrl, headersSecretArn } as const];
  const alone = withOverrides(asDeployed, collector, {
    members: undefined,
    roleCosts: false,
    sinks,
    ...settings,
  });
  const fn = {
    ...withEnvironment(alone, environment ?? {}),
    timeoutSeconds,
  };
  const event = input.replaceAll(
    '<aws.scheduler.scheduled-time>',
    (scheduledTime ?? bill.asOf).toISOString(),
  );
  return invoked(aws, () =>
    invoke(
      fn,
      { ...JSON.parse(event), ...others },
      {
        clock,
        awsUrl: aws.url,
        region: REGION,
        accessKeyId: 'AKIASCORECARD',
        graceSeconds: LONGEST_SECONDS,
      },
    ),
  );
}

async function invoked(aws: SimulatedAws, start: () => Promise<Invocation>): Promise<Ran> {
  const startedAt = performance.now();
  try {
    const { error, output } = await start();
    const seconds = (performance.now() - startedAt) / 1000;
    return { error, output, seconds, requests: [...aws.requests], failures: failuresIn(output) };
  } finally {
    await aws.stop();
  }
}

interface Report {
  readonly failures: readonly { readonly part: string; readonly reason: string }[];
}

function failuresIn(output: string): string[] | undefined {
  const reports = output.split('\n').filter((line) => line.startsWith('{"collector"'));
  if (reports.length === 0) return undefined;
  const failures = reports.flatMap((line) => (JSON.parse(line) as Report).failures);
  return [...new Set(failures.map(({ part, reason }) => `${part} ${reason}`))].sort();
}
