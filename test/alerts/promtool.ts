import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { ruleFile, ruleGroups } from '../../lib/alerts/all';
import { readSettings } from '../../lib/config';
import { type Finished, run } from '../../lib/local/servers/command';
import { realPrograms } from '../support/real-servers';
import type { AlertCase } from './cases';
import type { QuietCase } from './quiet';

const EVERY_SIX_HOURS = [0, 6, 12, 18];

/** The alerts of settings with different schedules and a budget. */
export const GROUPS = ruleGroups(
  readSettings({
    sinks: [{ type: 'pushgateway', url: 'https://pushgateway.example.com' }],
    hours: {
      'user-costs': EVERY_SIX_HOURS,
      services: EVERY_SIX_HOURS,
      projects: EVERY_SIX_HOURS,
      accounts: EVERY_SIX_HOURS,
      roles: [5, 17],
    },
    budgetUsd: 1000,
  }),
);

/** Runs `promtool test rules` for GROUPS, with a file of tests per group, evaluated as often as Prometheus would. */
export async function testRules(cases: readonly (AlertCase | QuietCase)[]): Promise<Finished> {
  const { promtool } = await realPrograms('promtool');
  const folder = mkdtempSync(path.join(tmpdir(), 'tollgate-alerts-'));
  try {
    return await run(promtool, ['test', 'rules', ...writeTests(cases, folder)]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function writeTests(cases: readonly (AlertCase | QuietCase)[], folder: string): string[] {
  return GROUPS.map((group) => {
    const alerts = new Set<string>(group.rules.map(({ alert }) => alert));
    const rules = path.join(folder, `${group.name}.yml`);
    writeFileSync(rules, ruleFile(group));
    const file = path.join(folder, `${group.name}-tests.yml`);
    const tests = cases.filter(({ alert }) => alerts.has(alert)).map(unitTest);
    writeFileSync(
      file,
      JSON.stringify({ rule_files: [rules], evaluation_interval: group.interval ?? '1m', tests }),
    );
    return file;
  });
}

function unitTest(one: AlertCase | QuietCase): object {
  return {
    interval: '1m',
    input_series: Object.entries(one.series).map(([series, values]) => ({ series, values })),
    alert_rule_test: 'fires' in one ? fromTheMinute(one) : [at(one.minute, one.alert)],
  };
}

/** Expects the alert at its minute, and none at the minute before. */
function fromTheMinute({ alert, fires }: AlertCase): object[] {
  const { minute, labels, severity, summary, description, runbook } = fires;
  const expected = {
    exp_labels: { ...labels, severity },
    exp_annotations: { summary, description, runbook_url: runbook },
  };
  return [at(minute - 1, alert), at(minute, alert, [expected])];
}

function at(minute: number, alertname: string, exp_alerts: readonly object[] = []): object {
  return { eval_time: `${minute}m`, alertname, exp_alerts };
}
