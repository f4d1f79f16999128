import { lines } from '../../lib/backfill/progress';

test('progress in lines reports at most every ten seconds, and the end of a stage', () => {
  const printed: string[] = [];
  let now = 0;
  const progress = lines(
    (line) => printed.push(line),
    () => now,
  );
  const stage = progress.begin('past runs', 30);
  for (let step = 1; step <= 25; step += 1) {
    now += 1_000;
    stage.step();
  }
  stage.end();
  expect(printed).toEqual(['… past runs: 10 of 30', '… past runs: 20 of 30', 'past runs: 25 of 30']);
});
