/** Reports whether a host is this machine, so that what is sent to it crosses no network. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
