import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { DASHBOARDS } from './models';

const models = DASHBOARDS.map(({ model }) => model);

test.each<[string, string, string]>([
  ['Tollgate: people', 'Every user’s cost, by Region', '/d/tollgate-people?var-user='],
  ['Tollgate: roles', 'Roles and their instances', '/d/tollgate-roles?var-role='],
  ['Tollgate: projects', 'Every project’s cost', '/d/tollgate-projects?var-project='],
])('%s: a click in “%s” chooses the name', (dashboard, title, start) => {
  expect(linksOf(dashboard, title)).toEqual([
    expect.stringContaining(`${start}\${__value.raw:percentencode}&`),
  ]);
});

test('a link leads to a dashboard that has the variables it sets', () => {
  for (const url of models.flatMap(({ title = '' }) => linksOf(title))) {
    const [, uid, variable] = /^\/d\/([^?]+)\?var-(\w+)=/.exec(url) ?? [];
    const target = models.find((model) => model.uid === uid);
    expect([url, target?.templating.list?.map(({ name }) => name)]).toEqual([
      url,
      expect.arrayContaining([
        variable,
        ...[...url.matchAll(/\$\{(\w+):queryparam\}/g)].map(([, name]) => name),
      ]),
    ]);
  }
});

/** Returns the addresses behind the cells of the panels. */
function linksOf(dashboard: string, title?: string): string[] {
  const panels = models.find((model) => model.title === dashboard)?.panels ?? [];
  return panels
    .filter((panel): panel is Panel => panel.type !== 'row' && (title === undefined || panel.title === title))
    .flatMap(({ fieldConfig }) => fieldConfig?.overrides ?? [])
    .flatMap(({ properties }) => properties.filter(({ id }) => id === 'links'))
    .flatMap(({ value }) => (value as unknown as { url: string }[]).map(({ url }) => url));
}
