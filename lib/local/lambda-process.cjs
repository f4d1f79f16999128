// The process of a function: loads the handler as Lambda's runtime does, and calls it once for every event it is sent.
const path = require('node:path');

let handle;

const MachineDate = Date;

/** Sets the function's clock ahead of the machine's. */
function setClock(aheadMs) {
  globalThis.Date = aheadMs === 0 ? MachineDate : clockAhead(aheadMs);
}

function clockAhead(aheadMs) {
  return class extends MachineDate {
    constructor(...args) {
      if (args.length > 0) super(...args);
      else super(MachineDate.now() + aheadMs);
    }
    static now() {
      return MachineDate.now() + aheadMs;
    }
  };
}

process.on('message', async ({ stop, code, handler, event, context, deadline, aheadMs }) => {
  if (stop) process.exit(0);
  setClock(aheadMs);
  try {
    const dot = handler.lastIndexOf('.');
    handle ??= require(path.join(code, handler.slice(0, dot)))[handler.slice(dot + 1)];
    await handle(event, {
      ...context,
      getRemainingTimeInMillis: () => Math.max(0, deadline - MachineDate.now()),
    });
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
