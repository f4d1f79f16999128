import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import * as path from 'node:path';
import { COLLECTORS, type CollectorName } from '../../lambdas/catalog/collectors';
import { iamActionOf } from '../../lib/local/aws/iam-actions';
import type { SimulatedAwsOptions, SimulatedRequest } from '../../lib/local/aws/server';
import type { DeployedFunction } from '../../lib/local/cloud-assembly';
import { ours } from '../bench/bundles';
import { billOf, MEMBER_ID } from '../support/bill';
import { deployedFunctions, withSettings } from '../support/deployed';
import { HEADERS_SECRET, WEBHOOK_SECRET } from '../support/deployment';
import { seriesIn } from '../support/exposition-lines';
import type { SomeSettings } from '../support/functions';
import { keptBundle } from '../support/kept-bundle';
import {
  type PushedRequest,
  type RecordingGateway,
  startRecordingGateway,
} from '../support/recording-gateway';
import { stopAfterAll } from '../support/stop';
import { startWarm, type WarmFunction } from '../support/warm-function';
import { credentialCommands, sendableActions } from './sendable-actions';

const NAMES = Object.keys(COLLECTORS) as CollectorName[];

/** What every function sends besides what its catalog row says. */
const OF_EVERY_FUNCTION = ['secretsmanager:GetSecretValue', 'sts:AssumeRole'];

/** What Lambda itself does with the role: writes the log, and hands failed events to the queue. No code of ours. */
const OF_LAMBDA = [
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'sqs:GetQueueAttributes',
  'sqs:GetQueueUrl',
  'sqs:SendMessage',
];

/** The features that the settings below need. One report is of all accounts, so the digest enters none. */
function bundlingOf(collector: CollectorName) {
  return ours({ members: collector !== 'digest', secrets: true, xc3: false });
}

let functions: Record<CollectorName, DeployedFunction>;
let gateway: RecordingGateway;
beforeAll(async () => {
  gateway = await stopAfterAll(startRecordingGateway(asPrometheusToo));
  functions = await deployedFunctions();
});

describe.each(NAMES)('%s', (collector) => {
  const platform = OF_EVERY_FUNCTION.filter(
    (action) => collector !== 'digest' || action !== 'sts:AssumeRole',
  );
  const sendable = [...COLLECTORS[collector].actions, ...platform].sort();
  let bundled: Awaited<ReturnType<typeof keptBundle>>;
  let warm: WarmFunction;
  beforeAll(async () => {
    bundled = await keptBundle(collector, bundlingOf(collector));
    warm = await stopAfterAll(
      startWarm(withSettings(functions[collector], collector, settings()), account()),
    );
  });

  test('its bundle can send exactly the commands of its catalog row and of the platform', () => {
    expect(sendableActions(bundled.metafile)).toEqual(sendable);
    expect(credentialCommands(bundled.metafile)).toEqual([]);
  });

  test('the bundle that was looked at is the one that is deployed', () => {
    const deployed = readFileSync(path.join(functions[collector].code, 'index.js'), 'utf8');
    expect(deployed.replace(SOURCE_MAP, '') === readFileSync(bundled.file, 'utf8')).toBe(true);
  });

  test('its role allows exactly what the bundle can send and what Lambda does', () => {
    expect([...functions[collector].actions].sort()).toEqual([...sendable, ...OF_LAMBDA].sort());
  });

  test('with all of its actions the run succeeds, and sends each of them', async () => {
    const { error, requests } = await warm.run();
    expect(error).toBeUndefined();
    expect([...new Set(requests.map(({ action }) => iamActionOf(action)))].sort()).toEqual(sendable);
  });

  test('its health tells every request that it sent, those of the platform included', async () => {
    gateway.clear();
    const { requests } = await warm.run();
    const told = [...gateway.groups.values()]
      .flatMap(seriesIn)
      .filter(({ name }) => name === 'tollgate_run_aws_requests');
    expect(told.reduce((sum, { value }) => sum + value, 0)).toBe(requests.length);
  });

  test.each(sendable)('without %s the run fails and names it', async (action) => {
    const { error, requests } = await warm.run({ action });
    expect(error?.errorMessage).toContain(`is not authorized to perform: ${action} on resource: *`);
    const refused = requests.filter((request) => request.status !== 200 && !isOfMember(request));
    expect([...new Set(refused.map((request) => iamActionOf(request.action)))]).toEqual([action]);
  });
});

/** Organizations lists its accounts to no member, whatever its role allows. */
function isOfMember({ caller, action: asked }: SimulatedRequest): boolean {
  return asked === 'organizations:ListAccounts' && caller.endsWith(`@${MEMBER_ID}`);
}

const SOURCE_MAP = /\/\/# sourceMappingURL=.*\n$/;

const MEMBER = { accountId: MEMBER_ID, roleArn: `arn:aws:iam::${MEMBER_ID}:role/tollgate` };

/** Pushes are taken, and every query has an empty answer: the digest reads one, and posts to it. */
function asPrometheusToo({ url }: PushedRequest, response: ServerResponse): void {
  const nothing = { status: 'success', data: { resultType: 'vector', result: [] } };
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(url.startsWith('/api/v1/query') ? JSON.stringify(nothing) : '');
}

/** The settings with everything that has a permission of its own, and the gateway of this file. */
function settings(): SomeSettings {
  return {
    pushgateway: { url: gateway.url, headersSecretArn: HEADERS_SECRET },
    digest: { prometheusUrl: gateway.url, webhookSecretArn: WEBHOOK_SECRET },
    members: [MEMBER],
    roleCosts: true,
  };
}

/**
 * A bill with cost, users and tagged resources, so that every query is sent; the member has as much. The member is in
 * no organization with the account, so it is entered for everything.
 */
function account(): Omit<SimulatedAwsOptions, 'callers'> {
  const bill = billOf({ members: 1 });
  const accounts = bill.organization?.accounts.filter(({ id }) => id !== MEMBER_ID) ?? [];
  return {
    bill: { ...bill, organization: { managementAccountId: bill.accountId, accounts } },
    secrets: { [HEADERS_SECRET]: '{"Authorization":"Bearer token"}', [WEBHOOK_SECRET]: gateway.url },
    memberRoles: [{ ...MEMBER, actions: [] }],
  };
}
