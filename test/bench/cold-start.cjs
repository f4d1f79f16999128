// One cold start: loads a bundle, calls its handler once, and prints the milliseconds of both.
const [file, event, context] = process.argv.slice(2);
const started = performance.now();
const { handler } = require(file);
const loaded = performance.now();
handler(JSON.parse(event), { ...JSON.parse(context), getRemainingTimeInMillis: () => 60_000 }).then(() => {
  const called = performance.now();
  process.stdout.write(`\n${JSON.stringify({ init: loaded - started, firstCall: called - loaded })}`);
  process.exit(0);
});
