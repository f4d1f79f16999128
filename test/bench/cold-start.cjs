// This process of the bench loads a bundle, calls its handler once, and prints the duration of both and the processor time.
const [file, event, context] = process.argv.slice(2);
const started = performance.now();
const before = process.cpuUsage();
const { handler } = require(file);
const loaded = performance.now();
handler(JSON.parse(event), { ...JSON.parse(context), getRemainingTimeInMillis: () => 60_000 }).then(() => {
  const called = performance.now();
  const { user, system } = process.cpuUsage(before);
  const times = { init: loaded - started, firstCall: called - loaded, processor: (user + system) / 1000 };
  process.stdout.write(`\n${JSON.stringify(times)}`);
  process.exit(0);
});
