// Template validation takes two seconds per test file; `npm run synth` does it once, strictly.
process.env.CDK_VALIDATION = 'false';
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
