// The process of one invocation: loads the handler as Lambda's runtime does, calls it once, and reports over IPC.
const path = require('node:path');

process.once('message', async ({ code, handler, event, context, deadline }) => {
  const report = (outcome) => process.send(outcome, () => process.exit(0));
  try {
    const dot = handler.lastIndexOf('.');
    const handle = require(path.join(code, handler.slice(0, dot)))[handler.slice(dot + 1)];
    await handle(event, { ...context, getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()) });
    report({ ok: true });
  } catch (error) {
    report({ ok: false, errorType: error?.name ?? 'Error', errorMessage: String(error?.message ?? error) });
  }
});
