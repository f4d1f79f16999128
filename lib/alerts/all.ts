import { stringify } from 'yaml';
import type { Delivery } from '../../lambdas/catalog/delivery';
import type { Settings } from '../../lambdas/catalog/settings';
import { deliveryRules } from './delivery';
import { freshnessRules } from './freshness';
import { INVENTORY_RULES } from './inventories';
import type { Origin } from './origin';
import { reconciliationRules } from './reconciliation';
import { requestRules } from './requests';
import { type AlertRule, type RuleGroup, runbookUrl } from './rule';
import { spendingRules } from './spending';

type AlertSettings = Pick<Settings, 'hours' | 'digest' | 'gapTolerance' | 'maxRequests' | 'budgetUsd'>;

/** Returns every alert on numbers from the origin; each group is a file of docs/alerts. */
export function ruleGroups(settings: AlertSettings, origin: Origin): readonly RuleGroup[] {
  return [
    freshnessRules(settings, origin),
    deliveryRules(settings, origin),
    INVENTORY_RULES,
    reconciliationRules(settings),
    requestRules(settings),
    spendingRules(settings),
  ];
}

/** Returns the file that Prometheus loads, for one kind of delivery. */
export function ruleFile({ name, interval, rules }: RuleGroup, delivery: Delivery): string {
  const group = {
    name: `tollgate-${name}`,
    ...(interval && { interval }),
    rules: rules.map((rule) => toRule(rule, delivery)),
  };
  return stringify({ groups: [group] }, { lineWidth: 0 });
}

function toRule(rule: AlertRule, delivery: Delivery): object {
  const { alert, when, severity, summary, description } = rule;
  return {
    alert,
    expr: when.expr(delivery),
    for: rule.for,
    labels: { severity },
    annotations: { summary, description, runbook_url: runbookUrl(rule) },
  };
}
