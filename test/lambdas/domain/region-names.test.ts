import { REGIONLESS, REGIONS } from '../../../lambdas/catalog/regions';
import { regionName } from '../../../lambdas/domain/region-names';

test('every Region of the catalog has a name', () => {
  expect(REGIONS.filter((region) => !regionName(region))).toEqual([]);
});

test.each([
  ['eu-west-1', 'Ireland'],
  ['ap-southeast-1', 'Singapore'],
  ['us-east-1', 'N. Virginia'],
])('the name of %s is %s', (region, name) => {
  expect(regionName(region)).toBe(name);
});

test.each([...REGIONLESS, '', 'None', 'mars-north-1', 'constructor'])('%p has no name', (region) => {
  expect(regionName(region)).toBeUndefined();
});
