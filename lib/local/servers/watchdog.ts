import { spawn } from 'node:child_process';

// A line on standard input means that all is done; the end of input without one means that our process died.
const SCRIPT = `trap '' INT TERM HUP
read -r line || { [ -z "$2" ] || kill -9 "$2"; rm -rf "$1"; }`;

/**
 * Starts a process that outlives ours, even after Ctrl-C, a crash or SIGKILL. It then ends the process `pid` and removes
 * the folder. The returned function calls it off. A listener for our own exit would miss SIGKILL, and does not run in
 * jest.
 */
export function startWatchdog(folder: string, pid?: number): () => void {
  const watchdog = spawn('/bin/sh', ['-c', SCRIPT, 'watchdog', folder, String(pid ?? '')], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Without a watchdog everything works, only a crash leaves files behind.
  watchdog.on('error', () => {});
  watchdog.stdin.on('error', () => {});
  return () => watchdog.stdin.end('done\n');
}
