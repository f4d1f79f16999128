// A jest reporter that says nothing: the suite prints its table itself. Only what kept a suite from running is told.
module.exports = class {
  onTestFileResult(_test, { numPassingTests, numFailingTests, failureMessage }) {
    if (numPassingTests + numFailingTests === 0 && failureMessage)
      process.stderr.write(`${failureMessage}\n`);
  }
};
