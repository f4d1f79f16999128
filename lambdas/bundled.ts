declare global {
  /**
   * The bundler sets these to `true` in functions whose settings do not need the feature, and then removes the feature's code.
   * Elsewhere they are undefined. Read them only as `globalThis.NAME ? notBundled(…) : …`, in the file that imports the removed
   * code: esbuild keeps imports if the constant comes from another file or if the check is an early return.
   */
  var WITHOUT_LEDGER: true | undefined;
  var WITHOUT_RESOURCE_COSTS: true | undefined;
  var WITHOUT_MEMBERS: true | undefined;
  var WITHOUT_PROXY: true | undefined;
  var WITHOUT_REMOTE_WRITE: true | undefined;
  var WITHOUT_SECRETS: true | undefined;
  var WITHOUT_TLS: true | undefined;
  var WITHOUT_XC3: true | undefined;
}

/** @throws Error always: the settings need a feature that this bundle does not contain. */
export function notBundled(feature: string): never {
  throw new Error(
    `this function was bundled without ${feature}: expected the settings it was deployed with, got others; deploy again`,
  );
}
