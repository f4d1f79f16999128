import type { Panel, RowPanel } from '@grafana/grafana-foundation-sdk/dashboard';
import { VariableRefresh } from '@grafana/grafana-foundation-sdk/dashboard';
import { METRICS, type MetricDefinition } from '../../lambdas/catalog/metrics';
import { dashboardModels } from '../../lib/dashboards/all';
import { expressions, withAll } from '../support/expressions';
import { usageOf } from '../support/promql-usage';
import { DASHBOARDS, SETTINGS, WRITTEN_DASHBOARDS } from './models';

const metrics: Readonly<Record<string, MetricDefinition>> = METRICS;

/** Labels that the gateway, Prometheus and the setting `deployment` add to every series. */
const ALWAYS_THERE = ['account_id', 'deployment', 'job', 'instance'];

const BOTH = [
  ...DASHBOARDS.map((one) => ({ ...one, delivery: 'scraped' })),
  ...WRITTEN_DASHBOARDS.map((one) => ({ ...one, delivery: 'written' })),
];

describe.each(BOTH)('$name, $delivery', ({ plan, model: dashboard }) => {
  const variables = dashboard.templating.list ?? [];
  const panels = (dashboard.panels ?? []).filter((panel): panel is Panel => panel.type !== 'row');

  const queried = [
    ...expressions(dashboard).map(({ title, expr }) => [title, expr] as const),
    ...variables
      .filter(({ type }) => type === 'query')
      .map(({ name, query }) => [`variable ${name}`, selectorOf(query)] as const),
  ];

  test.each(queried)('%s is PromQL for metrics and labels of the catalog', (_, expr) => {
    const { errors, metrics: named, labels } = usageOf(expr);
    expect(errors).toEqual([]);
    expect(named).not.toEqual([]);
    expect(named.filter((name) => !(name in metrics))).toEqual([]);
    expect(labels.filter(({ metric, label }) => !labelsOf(metric).includes(label))).toEqual([]);
  });

  test.each(queried)('%s has no variable left when All is chosen', (_, expr) => {
    // label_replace uses $1 and $2.
    expect(expr).not.toMatch(/\$[a-z_{]/i);
  });

  test('All is chosen at first, and is one pattern for any number of users', () => {
    for (const { name, allValue, current } of variables.filter(({ type }) => type === 'query')) {
      expect([name, allValue, current?.value]).toEqual([name, '.*', ['$__all']]);
    }
  });

  test('the variables offer the values of today’s time range', () => {
    for (const { refresh } of variables.filter(({ type }) => type === 'query')) {
      expect(refresh).toBe(VariableRefresh.OnTimeRangeChanged);
    }
  });

  test('every panel has an id, a title, a description and named queries of its own', () => {
    const ids = (dashboard.panels ?? []).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).not.toContain(0);
    const titles = (dashboard.panels ?? []).map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
    for (const { title, description, targets } of panels) {
      expect([title, description]).toEqual([expect.stringMatching(/./), expect.stringMatching(/./)]);
      const refIds = (targets ?? []).map((target) => ('refId' in target ? target.refId : undefined));
      expect(refIds).toEqual([...'ABCDEFGH'].slice(0, Math.max(1, refIds.length)));
    }
  });

  test('tables read the last values as a table', () => {
    for (const { targets = [] } of panels.filter(({ type }) => type === 'table' || type === 'barchart')) {
      for (const target of targets) expect(target).toMatchObject({ format: 'table', instant: true });
    }
  });

  test('panels fill the grid without overlapping', () => {
    const places = (dashboard.panels ?? []).map(placeOf);
    for (const [index, a] of places.entries()) {
      expect(a.x + a.w).toBeLessThanOrEqual(24);
      for (const b of places.slice(index + 1)) expect([a, b, overlap(a, b)]).toEqual([a, b, false]);
    }
    const area = places.reduce((sum, { w, h }) => sum + w * h, 0);
    expect(area).toBe(24 * Math.max(...places.map(({ y, h }) => y + h)));
  });

  test('panels that may be empty exist', () => {
    const titles = new Set(panels.map(({ title }) => title));
    for (const title of [...(plan.emptyWhenHealthy ?? []), ...(plan.needsHistory ?? [])])
      expect(titles).toContain(title);
  });

  /** `label_values(selector, label)` as an expression that uses both, or the expression of `query_result`. */
  function selectorOf(query: unknown): string {
    const [, selector, label] = /^label_values\((.+), (\w+)\)$/.exec(String(query)) ?? [];
    const [, expr = `group by (${label}) (${selector})`] = /^query_result\((.+)\)$/.exec(String(query)) ?? [];
    return withAll(expr, variables);
  }
});

function labelsOf(metric: string): readonly string[] {
  return [...(metrics[metric]?.labels ?? []), ...ALWAYS_THERE];
}

function placeOf({ gridPos, title }: Panel | RowPanel) {
  if (!gridPos) throw new Error(`expected a place of ${title}`);
  return gridPos;
}

type Place = ReturnType<typeof placeOf>;

function overlap(a: Place, b: Place): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

test('written dashboards carry every selector, and scraped ones are plain', () => {
  const selectorsOf = (dashboards: typeof DASHBOARDS) =>
    dashboards.flatMap(({ model }) => expressions(model)).map(({ expr }) => expr);
  for (const expr of selectorsOf(WRITTEN_DASHBOARDS)) {
    const selectors = usageOf(expr).metrics.length;
    expect([expr, expr.match(/\[7d\]( @ end\(\)| offset \d+d)?\) > -Inf/g)?.length]).toEqual([
      expr,
      selectors,
    ]);
  }
  for (const expr of selectorsOf(DASHBOARDS)) expect(expr).not.toMatch(/-Inf|\[7d\]/);
});

test('a dashboard names the delivery that it fits', () => {
  const endings = (dashboards: typeof DASHBOARDS) =>
    new Set(dashboards.map(({ model }) => model.description?.replace(/^.*\. (?=The queries)/, '')));
  expect(endings(DASHBOARDS)).toEqual(new Set(['The queries fit numbers that Prometheus scrapes.']));
  expect(endings(WRITTEN_DASHBOARDS)).toEqual(
    new Set(['The queries fit numbers that are written to Prometheus by remote write.']),
  );
});

test('the thresholds of a panel follow the schedules', () => {
  const everySixHours = { ...SETTINGS, hours: { ...SETTINGS.hours, projects: [0, 6, 12, 18] } };
  const model = dashboardModels(everySixHours, 'scraped').find(({ name }) => name === 'projects')?.model;
  const panel = model?.panels?.find(({ title }) => title === 'Since the last complete run');
  expect(panel).toMatchObject({
    fieldConfig: {
      defaults: { thresholds: { steps: [{ value: null }, { value: 8 * 3600 }, { value: 14 * 3600 }] } },
    },
  });
});

test('an empty panel claims nothing that its query does not know', () => {
  const claims = JSON.stringify(DASHBOARDS.map(({ model }) => model)).match(/"noValue":"[^"]*"/g) ?? [];
  const cells = [...JSON.stringify(DASHBOARDS).matchAll(/"id":"noValue","value":"([^"]*)"/g)];
  expect(claims).toEqual([]);
  expect([...new Set(cells.map(([, text]) => text))].sort()).toEqual(['no project', 'none known', '–']);
});

test('every dashboard has an address, a title and a file of its own', () => {
  const uids = DASHBOARDS.map(({ model }) => model.uid);
  expect(new Set(uids).size).toBe(uids.length);
  expect(new Set(DASHBOARDS.map(({ model }) => model.title)).size).toBe(uids.length);
});
