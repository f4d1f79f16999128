// Compiles tests with esbuild instead of ts-jest, because `npm run types` already checks all types once.
const { createHash } = require('node:crypto');
const { transformSync, version } = require('esbuild');

const options = {
  loader: 'ts',
  format: 'cjs',
  target: 'node20',
  sourcemap: 'both',
  sourcesContent: false,
  supported: { 'dynamic-import': false }, // jest has no dynamic import outside --experimental-vm-modules
};

module.exports = {
  canInstrument: false,
  getCacheKey: (source, file, { configString }) =>
    createHash('sha256')
      .update([version, JSON.stringify(options), file, configString, source].join('\0'))
      .digest('hex'),
  process: (source, file) => transformSync(source, { ...options, sourcefile: file }),
};
