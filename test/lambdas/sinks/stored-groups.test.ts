import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { groupId } from '../../../lambdas/metrics/group';
import { storedGroups } from '../../../lambdas/sinks/stored-groups';

const PAGE = `# HELP aws_x A metric.
# TYPE aws_x gauge
aws_x{account_id="1",instance="",job="a"} 5
# HELP push_failure_time_seconds Last Unix time when changing this group in the Pushgateway failed.
# TYPE push_failure_time_seconds gauge
push_failure_time_seconds{account_id="1",instance="",job="a"} 9
# HELP push_time_seconds Last Unix time when changing this group in the Pushgateway succeeded.
# TYPE push_time_seconds gauge
push_time_seconds{account_id="1",instance="",job="a"} 1.7952946024497423e+09
push_time_seconds{instance="i",job="ghost"} 0
`;

test('each group has the time of its last accepted push', async () => {
  expect(await read(PAGE)).toEqual(
    new Map([
      [groupId({ job: 'a', groupingKey: { account_id: '1' } }), 1795294602.4497423],
      [groupId({ job: 'ghost', groupingKey: { instance: 'i' } }), 0],
    ]),
  );
});

test('a page that arrives in small pieces, or compressed, is the same', async () => {
  const whole = await read(PAGE);
  for (const size of [1, 7, 100])
    expect(await storedGroups({ ...page(pieces(Buffer.from(PAGE), size)) })).toEqual(whole);
  const gzip = { encoding: 'gzip' };
  expect(await storedGroups({ ...page(pieces(gzipSync(PAGE), 10)), ...gzip })).toEqual(whole);
});

test.each([
  ['a\\"b', 'a"b'],
  ['a\\\\nb', 'a\\nb'],
  ['a\\nb', 'a\nb'],
  ['} 5', '} 5'],
  ['",job=\\"', undefined],
  ['x",job="y', undefined],
  ['\u2028push_time_seconds{job="forged"} 0', undefined],
  ['\u2028push_time_seconds{job=\\"forged\\"} 0', '\u2028push_time_seconds{job="forged"} 0'],
  ['naïve 😀', 'naïve 😀'],
  ['', ''],
])('the label value %j is read exactly', async (written, value) => {
  const stored = await read(`# TYPE push_time_seconds gauge\npush_time_seconds{job="a",x="${written}"} 3\n`);
  const expected = value !== undefined && new Map([[groupId({ job: 'a', groupingKey: { x: value } }), 3]]);
  if (expected) expect(stored).toEqual(expected);
  else expect([...(stored?.keys() ?? [])]).not.toContain(groupId({ job: 'forged', groupingKey: {} }));
});

test('a gateway without groups has an empty page', async () => {
  expect(await read('# TYPE pushgateway_build_info gauge\npushgateway_build_info 1\n')).toEqual(new Map());
});

test.each([
  ['a page of another program', 'OK\n'],
  ['a web page', '<!doctype html>\n<html></html>\n'],
  ['a line that is not understood', `${PAGE}push_time_seconds{job=x} 1\n`],
  ['a time that is no number', `${PAGE}push_time_seconds{job="x"} soon\n`],
  ['a group without a job', `${PAGE}push_time_seconds{instance=""} 1\n`],
])('%s is undefined', async (_, text) => {
  expect(await read(text)).toBeUndefined();
});

test('an endless page is read up to the limit, and closed', async () => {
  let sent = 0;
  const endless = (async function* () {
    for (; ; sent += 1) yield Buffer.from(PAGE);
  })();
  const body = Readable.from(endless);
  expect(await storedGroups({ body, encoding: undefined, limit: 100_000 })).toBeUndefined();
  expect(body.destroyed).toBe(true);
  expect(sent * PAGE.length).toBeLessThan(200_000);
});

test('the limit counts the bytes after decompression', async () => {
  const text = PAGE.repeat(1_000);
  const body = pieces(gzipSync(text), 100);
  expect(await storedGroups({ body, encoding: 'gzip', limit: text.length - 1 })).toBeUndefined();
});

test('a line without an end is not kept', async () => {
  const text = `${PAGE}${'x'.repeat(2_000_000)}`;
  expect(await storedGroups(page(pieces(Buffer.from(text), 64_000)))).toBeUndefined();
});

test('a compressed page that is cut is an error', async () => {
  const cut = gzipSync(PAGE).subarray(0, 100);
  await expect(storedGroups({ ...page(pieces(cut, 50)), encoding: 'gzip' })).rejects.toThrow();
});

function read(text: string) {
  return storedGroups(page(pieces(Buffer.from(text), 1_000_000)));
}

function page(body: Readable) {
  return { body, encoding: undefined, limit: 100_000_000 };
}

function pieces(bytes: Buffer, size: number): Readable {
  const starts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => i * size);
  return Readable.from(starts.map((start) => bytes.subarray(start, start + size)));
}
