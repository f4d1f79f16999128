// Loaded before a function by NODE_OPTIONS: says at its end how much memory it ever held.
process.once('exit', () => process.stdout.write(`max-rss-kb ${process.resourceUsage().maxRSS}\n`));
