import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { parse } from 'yaml';
import type { GatewayFault } from '../../../lib/local/faults/gateway-proxy';
import { iamUser, NOON, smallBill } from '../bills';
import { type Contents, facts, healthOf, named } from '../contents';
import { ended, limitSeconds } from '../limit';
import type { Row } from '../row';
import { inScene } from '../scene';

const DAY_MS = 86_400_000;

/** Faults whose wait only a deadline ends. */
const ENDLESS: ReadonlySet<GatewayFault['kind']> = new Set(['hang', 'drip']);

export const GATEWAY_ROWS: readonly Row[] = [
  {
    row: 'gateway down for a run',
    injected: 'stopped, then started empty',
    expected: 'failure named; next run complete, 0 lost',
    run: () =>
      inScene(async (scene) => {
        await scene.run('user-costs');
        const before = facts(await scene.contents());
        await scene.gateway.stop();
        const down = await scene.run('user-costs');
        await scene.gateway.start();
        const empty = facts(await scene.contents());
        const next = await scene.run('user-costs');
        const after = await scene.contents();
        expect(down.error?.errorMessage).toMatch(/no answer from the Pushgateway .* ECONNREFUSED/);
        expect([empty, next.error, facts(after)]).toEqual([[], undefined, before]);
        expect(healthOf(after, 'user-costs')).toMatchObject({ incomplete: 0, failures: [] });
        return `${down.failures?.join(', ')}; then ${before.length} of ${before.length} series`;
      }),
  },
  {
    row: 'gateway restarted as the compose file does',
    injected: 'stopped and started with the options of the compose file',
    expected: 'every group and value is there',
    run: () =>
      inScene(
        async (scene) => {
          await scene.run('user-costs');
          const before = facts(await scene.contents());
          await scene.gateway.stop();
          await scene.gateway.start();
          expect(facts(await scene.contents())).toEqual(before);
          return `${before.length} of ${before.length} series`;
        },
        { kept: composeKeepsGroups() },
      ),
  },
  {
    row: 'gateway’s file is damaged',
    injected: 'persistence file overwritten, gateway restarted',
    expected: 'starts empty; next run complete, 0 lost',
    run: () =>
      inScene(
        async (scene) => {
          await scene.run('user-costs');
          const before = facts(await scene.contents());
          await scene.gateway.stop();
          await writeFile(scene.gateway.file, 'not what the gateway wrote');
          await scene.gateway.start();
          expect(facts(await scene.contents())).toEqual([]);
          expect((await scene.run('user-costs')).error).toBeUndefined();
          expect(facts(await scene.contents())).toEqual(before);
          return `0 series, then ${before.length} of ${before.length}`;
        },
        { kept: true },
      ),
  },
  {
    row: 'gateway killed between two groups',
    injected: 'stopped after the 3rd PUT, started with its file',
    expected: 'first groups new, others and success old; then all new',
    run: () =>
      inScene(
        async (scene) => {
          await scene.run('user-costs');
          const before = await scene.contents();
          const bill = smallBill({ asOf: new Date(NOON.getTime() + DAY_MS) });
          const { url } = await scene.proxy(stopAfter(3, () => scene.gateway.stop()));
          const killed = await scene.run('user-costs', { bill, gatewayUrl: url });
          await scene.gateway.start();
          const between = await scene.contents();
          const next = await scene.run('user-costs', { bill });
          const after = await scene.contents();
          expect(killed.error?.errorMessage).toContain('no answer from the Pushgateway');
          expect(newGroups(between, before)).toBe(3);
          expect(success(between)).toBe(success(before));
          expect(next.error).toBeUndefined();
          expect(newGroups(after, before)).toBe(periodEnds(before).size);
          expect(success(after)).toBeGreaterThan(success(before));
          return `3 new, ${periodEnds(before).size - 3} old, success as before; then all new`;
        },
        { kept: true },
      ),
  },
  ...(
    [
      ['gateway answers 503', 'every push: 503', { kind: 'error-503' }],
      ['gateway redirects', 'every push: 302 to a login page', { kind: 'redirect' }],
      ['gateway answers are cut', 'every push: 400 and half a body', { kind: 'truncate' }],
      ['gateway resets', 'every push: connection reset', { kind: 'reset' }],
      ['gateway is silent', 'every push: no answer', { kind: 'hang' }],
      ['gateway drips', 'every push: one byte of the answer every 50 ms', { kind: 'drip' }],
    ] as const
  ).map(([row, injected, fault]) => brokenRow(row, injected, fault)),
  {
    row: 'gateway fails for one job',
    injected: 'user costs of eu-west-1: 500',
    expected: 'failure named; others pushed; success time old',
    run: () =>
      inScene(async (scene) => {
        const job = /^IAM_User_Total_Services_Cost_List_eu-west-1$/;
        const { url } = await scene.proxy({ faults: [{ kind: 'error-500', job }] });
        const ran = await scene.run('user-costs', { gatewayUrl: url });
        const { groups, ...contents } = await scene.contents();
        expect(ran.error?.errorMessage).toContain('push IAM_User_Total_Services_Cost_List_eu-west-1');
        expect(groups.filter((group) => job.test(group))).toEqual([]);
        expect(groups.filter((group) => group.startsWith('IAM'))).toHaveLength(7);
        expect(healthOf({ groups, ...contents }, 'user-costs')).toEqual({
          incomplete: 1,
          successAt: undefined,
          failures: ['push gateway'],
        });
        return 'push gateway; 7 of 8 groups pushed';
      }),
  },
  {
    row: 'push rejected',
    injected: 'another job has a counter of the same name',
    expected: 'failure named; others pushed; no empty group left',
    run: () =>
      inScene(async (scene) => {
        await pushForeign(scene.gateway, 'aws_user_resource_billed_cost_usd');
        const ran = await scene.run('user-costs');
        const contents = await scene.contents();
        expect(ran.error?.errorMessage).toMatch(/push IAM_User_Resource_List_Cost_\S+.* got 400/);
        expect(named(contents, 'aws_user_billed_cost_usd').length).toBeGreaterThan(0);
        expect(healthOf(contents, 'user-costs')).toMatchObject({ incomplete: 1, failures: ['push gateway'] });
        expect(contents.ghosts).toEqual([]);
        return `push gateway; ${contents.groups.length} groups, 0 empty`;
      }),
  },
  {
    row: 'push rejected over an old group',
    injected: 'same counter; the group holds an earlier run',
    expected: 'failure named; old group unchanged',
    run: () =>
      inScene(async (scene) => {
        const ana = iamUser('ana');
        const bill = (passwordLastUsed?: Date) => ({ ...smallBill(), users: [{ ...ana, passwordLastUsed }] });
        expect((await scene.run('iam-users', { bill: bill() })).error).toBeUndefined();
        const before = facts(await scene.contents());
        await pushForeign(scene.gateway, 'aws_iam_user_password_last_used_timestamp_seconds');
        const ran = await scene.run('iam-users', { bill: bill(NOON) });
        const after = facts(await scene.contents()).filter((line) => !line.includes('"foreign"'));
        expect(ran.error?.errorMessage).toMatch(/push IAM_User_Details.* got 400/);
        expect(after).toEqual(before);
        return `push gateway; ${after.length} old series kept`;
      }),
  },
];

function brokenRow(row: string, injected: string, fault: GatewayFault): Row {
  return {
    row,
    waits: ENDLESS.has(fault.kind),
    injected,
    expected: 'ends, failure named',
    run: () =>
      inScene(async (scene) => {
        const timeoutSeconds = ENDLESS.has(fault.kind) ? await limitSeconds() : undefined;
        const faults = (['PUT', 'DELETE'] as const).map((method) => ({ ...fault, method }));
        const { url } = await scene.proxy({ faults });
        const ran = await scene.run('user-costs', { gatewayUrl: url, timeoutSeconds });
        expect(ran.error?.errorType).toBe('IncompleteRunError');
        expect(ran.error?.errorMessage).toContain('push IAM_User_Total_Services_Cost_List_');
        return `${ran.failures?.join(', ')}; ${ended(ran, timeoutSeconds)}`;
      }),
  };
}

/** Lets the first PUTs arrive, then calls `stop`, and passes the others on after that. */
export function stopAfter(puts: number, stop: () => Promise<void>) {
  let stopped = () => {};
  const stopping = new Promise<void>((resolve) => {
    stopped = resolve;
  });
  return {
    beforePut: (n: number) => (n > puts ? stopping : undefined),
    afterPut: async (n: number) => {
      if (n !== puts) return;
      await stop();
      stopped();
    },
  };
}

/** Reports whether the Pushgateway of the compose file has a file for its groups. */
function composeKeepsGroups(): boolean {
  const file = path.join(__dirname, '..', '..', '..', 'docs', 'demo', 'compose.yaml');
  const { services } = parse(readFileSync(file, 'utf8'));
  return /--persistence\.file=\S+/.test(services.pushgateway.command);
}

/** Makes the gateway refuse Tollgate's gauge of that name. */
export async function pushForeign({ url }: { readonly url: string }, metric: string): Promise<void> {
  const answer = await fetch(`${url}/metrics/job/foreign/metric/${metric}`, {
    method: 'PUT',
    body: `# TYPE ${metric} counter\n${metric} 1\n`,
  });
  expect(answer.status).toBe(200);
}

/** Returns the end of the period of each cost group, by job. */
function periodEnds(contents: Contents): Map<string, number> {
  const ends = named(contents, 'tollgate_breakdown_period_end_timestamp_seconds');
  return new Map(ends.map(({ labels, value }) => [labels.job ?? '', value]));
}

function newGroups(now: Contents, before: Contents): number {
  const old = periodEnds(before);
  return [...periodEnds(now)].filter(([job, end]) => end > (old.get(job) ?? 0)).length;
}

function success(contents: Contents): number {
  return healthOf(contents, 'user-costs').successAt ?? 0;
}
