const { stripVTControlCharacters } = require('node:util');

/** A jest reporter for suites that print a table themselves: it prints only failures, each cause once. */
module.exports = class {
  onTestFileResult(_test, { testExecError, failureMessage, testResults }) {
    if (testExecError) return print(failureMessage ?? testExecError.message);
    const causes = new Map();
    for (const { fullName, failureMessages } of testResults)
      for (const message of failureMessages) causes.set(message, [...(causes.get(message) ?? []), fullName]);
    for (const [message, [first, ...others]] of causes)
      print(`${first}${others.length > 0 ? ` and ${others.length} more tests` : ''}: ${message}`);
  }

  onRunComplete(_contexts, { numTotalTests, numFailedTests, numFailedTestSuites }) {
    if (numFailedTestSuites > 0 || numTotalTests === 0)
      print(`FAILED: ${numFailedTests} of ${numTotalTests} tests, ${numFailedTestSuites} files`);
  }
};

function print(text) {
  const lines = stripVTControlCharacters(text).split('\n');
  process.stderr.write(`${lines.filter((line) => !/^ +at .*node_modules/.test(line)).join('\n')}\n`);
}
