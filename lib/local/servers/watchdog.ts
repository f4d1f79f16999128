import { spawn } from 'node:child_process';

// a line says that all is done; input that ends without one, that we are gone
const SCRIPT = `trap '' INT TERM HUP
read -r line || { [ -z "$2" ] || kill -9 "$2"; rm -rf "$1"; }`;

/**
 * Starts a process that outlives ours, however ours ends (Ctrl-C, a crash, SIGKILL), to end the process `pid` and remove
 * the folder. The returned function calls it off. A listener for our own exit would not do: it hears no SIGKILL, and in
 * jest nothing at all.
 */
export function startWatchdog(folder: string, pid?: number): () => void {
  const watchdog = spawn('/bin/sh', ['-c', SCRIPT, 'watchdog', folder, String(pid ?? '')], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // without a watchdog all works, only less tidily
  watchdog.on('error', () => {});
  watchdog.stdin.on('error', () => {});
  return () => watchdog.stdin.end('done\n');
}
