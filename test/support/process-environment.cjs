const path = require('node:path');

// Template validation takes two seconds per test file; `npm run synth` does it once, strictly.
process.env.CDK_VALIDATION = 'false';
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

// An app that names no folder would leave a new one in the system's temporary folder each time it is synthesised.
const cache = path.join(__dirname, '..', '..', 'node_modules', '.cache');
process.env.CDK_OUTDIR = path.join(cache, 'cdk.out', process.env.JEST_WORKER_ID ?? '0');
