import { acceptsGzip, formatFor } from '../../lib/serve/negotiate';

test.each([
  [undefined, 'text'],
  ['', 'text'],
  ['*/*', 'text'],
  ['text/plain', 'text'],
  ['application/openmetrics-text', 'openmetrics'],
  ['Application/OpenMetrics-Text; version=1.0.0; charset=utf-8', 'openmetrics'],
  ['application/openmetrics-text;version=0.0.1,text/plain;q=0.5', 'openmetrics'],
  ['application/openmetrics-text;q=0.4,text/plain;version=0.0.4;q=0.5', 'text'],
  ['application/openmetrics-text;version=2.0.0,text/plain;q=0.1', 'text'],
  ['application/*;q=0.9,text/plain;q=0.1', 'openmetrics'],
  ['application/openmetrics-text;q=0,*/*', 'text'],
  ['text/plain;q=0,*/*;q=0.1', 'openmetrics'],
  ['application/json', 'text'],
  ['application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited', 'text'],
  [
    'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,text/plain;version=1.0.0;q=0.4,*/*;q=0.2',
    'openmetrics',
  ],
])('Accept %j gets %s', (header, format) => {
  expect(formatFor(header)).toBe(format);
});

test.each([
  [undefined, false],
  ['gzip', true],
  ['x-gzip', true],
  ['GZIP', true],
  ['deflate, gzip;q=0.5', true],
  ['br', false],
  ['*', true],
  ['gzip;q=0', false],
  ['gzip;q=0, *', false],
  ['identity, gzip;q=0.5', false],
  ['identity;q=0.5, gzip', true],
])('Accept-Encoding %j compresses: %s', (header, compresses) => {
  expect(acceptsGzip(header)).toBe(compresses);
});
