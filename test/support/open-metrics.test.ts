import { openMetricsFaults } from './open-metrics';

const GAUGE = '# TYPE m gauge\n# HELP m Help\n';
const HISTOGRAM = '# TYPE h histogram\n';

test.each([
  ['', 'expected # EOF as the last line'],
  ['# EOF', 'expected # EOF as the last line'],
  ['# EOF\n# EOF\n', 'expected a description or a series, got "# EOF"'],
  ['\n# EOF\n', 'expected a description or a series, got ""'],
  [`${GAUGE}m 1 2\n# EOF\n`, 'expected a description or a series, got "m 1 2"'],
  [`${GAUGE}m{a="\\x"} 1\n# EOF\n`, 'expected a description or a series, got "m{a=\\"\\\\x\\"} 1"'],
  [`${GAUGE}m{a="1",} 1\n# EOF\n`, 'expected a description or a series, got "m{a=\\"1\\",} 1"'],
  [`${GAUGE}m Infinity\n# EOF\n`, 'expected a description or a series, got "m Infinity"'],
  [`${GAUGE}m{a="\ud800"} 1\n# EOF\n`, 'expected Unicode without lone surrogates'],
  ['m 1\n# EOF\n', 'expected a description or a series, got "m 1"'],
  ['# HELP m Help\nm 1\n# EOF\n', 'm: expected a TYPE line with a known type, got ""'],
  ['# TYPE m gauge\n# TYPE m gauge\n# EOF\n', 'expected once: TYPE of m'],
  ['# TYPE m gauge\n# HELP m "\n# EOF\n', 'm: expected HELP with escaped quotes'],
  ['# TYPE m gauge\n# UNIT m seconds\n# EOF\n', 'm: expected its unit seconds at its end'],
  [`${GAUGE}m 1\n${GAUGE}m{a="1"} 1\n# EOF\n`, 'expected once: family m'],
  [`${GAUGE}m 1\nm 2\n# EOF\n`, 'expected once: series m[]'],
  [`${GAUGE}m{a="1",a="2"} 1\n# EOF\n`, 'm[["a","1"],["a","2"]]: expected each label once'],
  [`${GAUGE}m_total 1\n# EOF\n`, 'm_total[]: expected a name of the family m'],
  ['# TYPE c counter\nc 1\n# EOF\n', 'c[]: expected a name of the family c'],
  ['# TYPE c counter\nc_total -1\n# EOF\n', 'c_total[]: expected a count, got -1'],
  ['# TYPE c counter\nc_total NaN\n# EOF\n', 'c_total[]: expected a count, got NaN'],
  ['# TYPE c counter\nc_created NaN\n# EOF\n', 'c_created[]: expected a time, got NaN'],
  ['# TYPE c counter\n# TYPE c_total gauge\n# EOF\n', 'expected once: series name c_total'],
  [
    '# TYPE c counter\nc_total{a="1"} 1\nc_total{a="2"} 1\nc_created{a="1"} 1\n# EOF\n',
    'expected once: lines of c[["a","1"]] apart from each other',
  ],
  ['# TYPE s summary\ns{quantile="2.0"} 1\n# EOF\n', 'expected quantile as a float in its range'],
  ['# TYPE s summary\ns{quantile="0.5"} -1\n# EOF\n', 'expected no negative quantile'],
  ['# TYPE s summary\ns 1\n# EOF\n', 's[]: expected the label quantile only where it belongs'],
  [`${HISTOGRAM}h_bucket{le="1"} 1\nh_bucket{le="+Inf"} 1\n# EOF\n`, 'expected le as a float in its range'],
  [`${HISTOGRAM}h_bucket{le="1.0"} 1\n# EOF\n`, 'h[]: expected the bucket +Inf last'],
  [`${HISTOGRAM}h_bucket{le="2.0"} 0\nh_bucket{le="1.0"} 0\n# EOF\n`, 'h[]: expected rising bounds'],
  [`${HISTOGRAM}h_bucket{le="1.0"} 2\nh_bucket{le="+Inf"} 1\n# EOF\n`, 'h[]: expected cumulative buckets'],
  [`${HISTOGRAM}h_bucket{le="+Inf"} 1\nh_count 1\n# EOF\n`, 'h[]: expected a count exactly with a sum'],
  [`${HISTOGRAM}h_bucket{le="+Inf"} 1\nh_count 2\n# EOF\n`, 'h[]: expected the count of the bucket +Inf'],
  [`${HISTOGRAM}h_bucket{le="-1.0"} 0\nh_count 0\n# EOF\n`, 'h[]: expected no sum with negative bounds'],
])('the check of OpenMetrics finds the fault in %j', (text, fault) => {
  expect(openMetricsFaults(text).join('\n')).toContain(fault);
});
