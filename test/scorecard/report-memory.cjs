// NODE_OPTIONS loads this file before a function; it prints the peak memory of the process at its end.
process.once('exit', () => process.stdout.write(`max-rss-kb ${process.resourceUsage().maxRSS}\n`));
