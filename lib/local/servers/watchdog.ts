import { spawn } from 'node:child_process';

// A line on standard input means that everything is done. Its end without a line means that our process died.
const SCRIPT = `trap '' INT TERM HUP
read -r line || { [ -z "$2" ] || kill -9 "$2"; rm -rf "$1"; }`;

/**
 * Starts a process that ends the process `pid` and removes the folder when our process ends, even by Ctrl-C, a crash or
 * SIGKILL. The returned function cancels it. A listener for our own exit would miss SIGKILL, and does not run in jest.
 */
export function startWatchdog(folder: string, pid?: number): () => void {
  const watchdog = spawn('/bin/sh', ['-c', SCRIPT, 'watchdog', folder, String(pid ?? '')], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Everything works without a watchdog, but a crash then leaves files behind.
  watchdog.on('error', () => {});
  watchdog.stdin.on('error', () => {});
  return () => watchdog.stdin.end('done\n');
}
