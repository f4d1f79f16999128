import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import * as path from 'node:path';
import { RESOURCE_COSTS_ACTION } from '../../lambdas/catalog/actions';
import { COLLECTORS, type CollectorName } from '../../lambdas/catalog/collectors';
import { hasLedger, LEDGER_ACTIONS } from '../../lambdas/catalog/ledger';
import { LEDGER_TABLE } from '../../lib/local/aws/dynamodb/operations';
import { iamActionOf } from '../../lib/local/aws/iam-actions';
import type { SimulatedAwsOptions, SimulatedRequest } from '../../lib/local/aws/server';
import { BILL_ACCOUNT_ID } from '../../lib/local/bill/bill';
import type { DeployedFunction } from '../../lib/local/cloud-assembly';
import { deployedOptions, NO_FEATURES } from '../bench/bundles';
import { billOf, MEMBER_ID } from '../support/bill';
import { deployedFunctions, withSettings } from '../support/deployed';
import { HEADERS_SECRET, SETTINGS, WEBHOOK_SECRET } from '../support/deployment';
import { everyActionOf } from '../support/every-action-of';
import { seriesIn } from '../support/exposition-lines';
import { bundledFunction, REGION, runFunction, type SomeSettings, variablesOf } from '../support/functions';
import { keptBundle } from '../support/kept-bundle';
import { actionIn } from '../support/permissions';
import {
  type PushedRequest,
  type RecordingGateway,
  startRecordingGateway,
} from '../support/recording-gateway';
import { stopAfterAll } from '../support/stop';
import { startWarm, type WarmFunction } from '../support/warm-function';
import { credentialCommands, sendableActions } from './sendable-actions';

const NAMES = Object.keys(COLLECTORS) as CollectorName[];

/** Actions that a function sends in addition to those of its catalog row. The digest covers all accounts, so it enters none. */
function platformActions(collector: CollectorName): string[] {
  const members = collector === 'digest' ? [] : ['sts:AssumeRole'];
  return [...(hasLedger(collector) ? LEDGER_ACTIONS : []), 'secretsmanager:GetSecretValue', ...members];
}

/** Actions of Lambda itself with the function's role: it writes the log and sends failed events to the queue. */
const LAMBDA_ACTIONS = [
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'sqs:GetQueueAttributes',
  'sqs:GetQueueUrl',
  'sqs:SendMessage',
];

/** Returns the bundle options for the settings below. */
function bundlingOf(collector: CollectorName) {
  return deployedOptions({
    ledger: hasLedger(collector),
    members: collector !== 'digest',
    resourceCosts: everyActionOf(collector).includes(RESOURCE_COSTS_ACTION),
    proxy: false,
    remoteWrite: false,
    secrets: true,
    summaries: false,
    tls: false,
    xc3: false,
  });
}

let functions: Record<CollectorName, DeployedFunction>;
let gateway: RecordingGateway;
beforeAll(async () => {
  gateway = await stopAfterAll(startRecordingGateway(asGatewayAndPrometheus));
  functions = await deployedFunctions();
});

describe.each(NAMES)('%s', (collector) => {
  const sendable = [...everyActionOf(collector), ...platformActions(collector)].sort();
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

  test('the bundle of these tests is the deployed one', () => {
    const deployed = readFileSync(path.join(functions[collector].code, 'index.js'), 'utf8');
    expect(deployed.replace(SOURCE_MAP, '') === readFileSync(bundled.file, 'utf8')).toBe(true);
  });

  test('its role allows exactly the actions of the bundle and of Lambda', () => {
    const actions = functions[collector].actions.map(actionIn);
    expect([...new Set(actions)].sort()).toEqual([...sendable, ...LAMBDA_ACTIONS].sort());
  });

  test('its role names the resource of each action that has a resource level', () => {
    const { actions, name } = functions[collector];
    const construct = name.replace(/Function.*$/, '');
    const resources = actions.flatMap((permission) =>
      typeof permission === 'string' ? [] : [[serviceOf(permission.action), permission.resource]],
    );
    const expected = [
      ...(hasLedger(collector) ? [['dynamodb', TABLE_ARN]] : []),
      ['logs', expect.stringMatching(`:loggroup:${construct}Logs`)],
      ['secretsmanager', HEADERS_SECRET],
      ...(collector === 'digest' ? [['secretsmanager', WEBHOOK_SECRET]] : []),
      ['sqs', expect.stringMatching(`:queue:${construct}Failures`)],
      ...(collector === 'digest' ? [] : SETTINGS.members.map(({ roleArn }) => ['sts', roleArn])),
    ];
    expect(
      [...new Set(resources.map((pair) => JSON.stringify(pair)))].sort().map((pair) => JSON.parse(pair)),
    ).toEqual(expected);
  });

  test('with all of its actions allowed, the run succeeds and uses each of them', async () => {
    const { error, requests } = await warm.run();
    expect(error).toBeUndefined();
    expect([...new Set(requests.map(({ action }) => iamActionOf(action)))].sort()).toEqual(sendable);
  });

  test('its health counts every request that was sent before it, including those of the platform', async () => {
    gateway.clear();
    const { requests } = await warm.run();
    const reported = [...gateway.groups.values()]
      .flatMap(seriesIn)
      .filter(({ name }) => name === 'tollgate_run_aws_requests');
    const healths = new Set(reported.map(({ labels }) => labels.account_id)).size;
    const results = hasLedger(collector) ? healths : 0;
    expect(reported.reduce((sum, { value }) => sum + value, 0)).toBe(requests.length - results);
  });

  test.each(sendable)('without %s the run fails and names it', async (action) => {
    const { error, requests } = await warm.run({ action });
    expect(error?.errorMessage).toContain(
      `is not authorized to perform: ${action} on resource: ${resourceOf(action)}`,
    );
    const refused = requests.filter((request) => request.status !== 200 && !isOfMember(request));
    expect([...new Set(refused.map((request) => iamActionOf(request.action)))]).toEqual([action]);
  });
});

const WITH_LEDGER = { ...NO_FEATURES, ledger: true };

describe.each<[CollectorName, SomeSettings]>([
  ['user-costs', { resourceServices: [] }],
  ['roles', { roleCosts: false }],
])('%s with %j', (collector, off) => {
  const needed = [...COLLECTORS[collector].actions, ...LEDGER_ACTIONS].sort();

  test('its bundle can send exactly the commands that are needed without costs by resource', async () => {
    const { metafile } = await keptBundle(collector, deployedOptions(WITH_LEDGER));
    expect(sendableActions(metafile)).toEqual(needed);
  });

  test('its run succeeds with exactly their actions allowed, and uses each of them', async () => {
    const environment = variablesOf(collector, {
      sinks: [{ type: 'pushgateway', url: gateway.url }],
      ...off,
    });
    const fn = await bundledFunction(collector, { environment, features: WITH_LEDGER });
    const { error, requests } = await runFunction({ ...fn, actions: needed }, { bill: billOf() });
    expect(error).toBeUndefined();
    expect([...new Set(requests.map(({ action }) => iamActionOf(action)))].sort()).toEqual(needed);
  });
});

/** Returns the resource in AWS's message about an action that is denied. */
function resourceOf(action: string): string {
  return serviceOf(action) === 'dynamodb' ? TABLE_ARN : '*';
}

function serviceOf(action: string): string {
  return action.split(':')[0] ?? '';
}

const TABLE_ARN = `arn:aws:dynamodb:${REGION}:${BILL_ACCOUNT_ID}:table/${LEDGER_TABLE}`;

/** Reports whether a member lists the accounts, which Organizations always refuses. */
function isOfMember({ caller, action }: SimulatedRequest): boolean {
  return action === 'organizations:ListAccounts' && caller.endsWith(`@${MEMBER_ID}`);
}

const SOURCE_MAP = /\/\/# sourceMappingURL=.*\n$/;

const MEMBER = { accountId: MEMBER_ID, roleArn: `arn:aws:iam::${MEMBER_ID}:role/tollgate` };

/** Accepts every push and post, and answers every query with an empty result: the digest reads Prometheus. */
function asGatewayAndPrometheus({ url }: PushedRequest, response: ServerResponse): void {
  const nothing = { status: 'success', data: { resultType: 'vector', result: [] } };
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(url.startsWith('/api/v1/query') ? JSON.stringify(nothing) : '');
}

/** Returns settings that need every permission, and the gateway of this file. */
function settings(): SomeSettings {
  return {
    sinks: [{ type: 'pushgateway', url: gateway.url, headersSecretArn: HEADERS_SECRET }],
    digest: { prometheusUrl: gateway.url, webhookSecretArn: WEBHOOK_SECRET },
    members: [MEMBER],
    roleCosts: true,
  };
}

/**
 * Returns an account and a member with cost, users and tagged resources, so that every query is sent. They share no
 * organization, so every collector enters the member.
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
