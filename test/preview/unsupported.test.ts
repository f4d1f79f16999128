import { unsupported } from '../../lib/local/preview/client/unsupported';

test('features that the page cannot draw are named', () => {
  const panel = {
    id: 1,
    type: 'barchart',
    gridPos: { x: 0, y: 0, w: 24, h: 8 },
    repeat: 'user',
    targets: [{ refId: 'A' }],
    transformations: [{ id: 'joinByField', options: {} }],
    options: { stacking: 'none', graphMode: 'area' },
    fieldConfig: {
      defaults: { unit: 'decgbytes', custom: { drawStyle: 'bars' } },
      overrides: [
        {
          matcher: { id: 'byRegexp', options: '.*' },
          properties: [
            { id: 'color', value: {} },
            { id: 'custom.cellOptions', value: { type: 'gauge' } },
          ],
        },
      ],
    },
  };
  expect(unsupported(panel)).toEqual([
    'transformation joinByField',
    'override byRegexp',
    'field option color',
    'unit decgbytes',
    'style bars',
    'cell type gauge',
    'query A without PromQL',
    'repeated panel',
    'graph mode area',
    'bars that are not stacked',
  ]);
});
