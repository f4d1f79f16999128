// Ends pauses before retries at once: each of them is multiplied by a random number. A function's process requires this file first.
Math.random = () => 0;
