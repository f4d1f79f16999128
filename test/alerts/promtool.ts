import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { ruleFile, ruleGroups } from '../../lib/alerts/all';
import { DELIVERIES, type Origin } from '../../lib/alerts/origin';
import type { RuleGroup } from '../../lib/alerts/rule';
import { readSettings } from '../../lib/config';
import { type Finished, run } from '../../lib/local/servers/command';
import { realPrograms } from '../support/real-servers';
import type { AlertCase } from './cases';
import type { QuietCase } from './quiet';

const EVERY_SIX_HOURS = [0, 6, 12, 18];

const SETTINGS = readSettings({
  sinks: [{ type: 'pushgateway', url: 'https://pushgateway.example.com' }],
  hours: {
    'user-costs': EVERY_SIX_HOURS,
    services: EVERY_SIX_HOURS,
    projects: EVERY_SIX_HOURS,
    accounts: EVERY_SIX_HOURS,
    roles: [5, 17],
  },
  budgetUsd: 1000,
});

/** The alerts of settings with different schedules and a budget, for each origin of the numbers. */
export const GROUPS: Readonly<Record<Origin, readonly RuleGroup[]>> = {
  pushgateway: ruleGroups(SETTINGS, 'pushgateway'),
  exporter: ruleGroups(SETTINGS, 'exporter'),
  'remote-write': ruleGroups(SETTINGS, 'remote-write'),
};

/** Runs `promtool test rules`, evaluated as often as Prometheus would. */
export async function testRules(
  cases: readonly (AlertCase | QuietCase)[],
  origin: Origin = 'pushgateway',
): Promise<Finished> {
  const { promtool } = await realPrograms('promtool');
  const folder = mkdtempSync(path.join(tmpdir(), 'tollgate-alerts-'));
  try {
    return await run(promtool, ['test', 'rules', ...writeTests({ cases, origin, folder })]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface TestFiles {
  readonly cases: readonly (AlertCase | QuietCase)[];
  readonly origin: Origin;
  readonly folder: string;
}

/** Writes a file of tests for each alert that has a case, with its rule alone, because promtool evaluates all rules of a file. */
function writeTests({ cases, origin, folder }: TestFiles): string[] {
  return GROUPS[origin].flatMap((group) =>
    group.rules.flatMap((rule) => {
      const own = cases.filter(({ alert }) => alert === rule.alert);
      if (own.length === 0) return [];
      const rules = path.join(folder, `${rule.alert}.yml`);
      writeFileSync(rules, ruleFile({ ...group, rules: [rule] }, DELIVERIES[origin]));
      const file = path.join(folder, `${rule.alert}-tests.yml`);
      const evaluation_interval = group.interval ?? '1m';
      writeFileSync(
        file,
        JSON.stringify({ rule_files: [rules], evaluation_interval, tests: own.map(unitTest) }),
      );
      return [file];
    }),
  );
}

function unitTest(one: AlertCase | QuietCase): object {
  return {
    interval: '1m',
    input_series: Object.entries(one.series).map(([series, values]) => ({ series, values })),
    alert_rule_test: 'fires' in one ? fromTheMinute(one) : [at(one.minute, one.alert)],
  };
}

/** Expects the alert from its minute to the last one, and none before and after. */
function fromTheMinute({ alert, fires }: AlertCase): object[] {
  const { minute, until, labels, severity, summary, description, runbook } = fires;
  const expected = {
    exp_labels: { ...labels, severity },
    exp_annotations: { summary, description, runbook_url: runbook },
  };
  const begin = [at(minute - 1, alert), at(minute, alert, [expected])];
  // The description may have a value that has changed by the last minute.
  const end = until
    ? [
        at(until.minute, alert, [
          {
            ...expected,
            exp_annotations: { ...expected.exp_annotations, description: until.description ?? description },
          },
        ]),
        at(until.minute + 1, alert),
      ]
    : [];
  return [...begin, ...end];
}

function at(minute: number, alertname: string, exp_alerts: readonly object[] = []): object {
  return { eval_time: `${minute}m`, alertname, exp_alerts };
}
