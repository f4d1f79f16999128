// The process of a function: loads the handler as Lambda's runtime does, and calls it once for every event it is sent.
const path = require('node:path');

let handle;

process.on('message', async ({ stop, code, handler, event, context, deadline }) => {
  if (stop) process.exit(0);
  try {
    const dot = handler.lastIndexOf('.');
    handle ??= require(path.join(code, handler.slice(0, dot)))[handler.slice(dot + 1)];
    await handle(event, { ...context, getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()) });
    process.send({ ok: true });
  } catch (error) {
    process.send({
      ok: false,
      errorType: error?.name ?? 'Error',
      errorMessage: String(error?.message ?? error),
    });
  }
});

process.on('disconnect', () => process.exit(0));
