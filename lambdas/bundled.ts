declare global {
  /**
   * The bundler puts `true` for these in a function whose settings do not need a feature, and drops the code that only the
   * feature uses. They are undefined everywhere else. A use must read them as `globalThis.NAME ? notBundled(…) : …`, in the file
   * that imports what is dropped: esbuild removes no imports for a constant of another file, nor after an early return.
   */
  var WITHOUT_MEMBERS: true | undefined;
  var WITHOUT_SECRETS: true | undefined;
  var WITHOUT_XC3: true | undefined;
}

/** @throws Error for settings that need a feature which was left out when the function was bundled. */
export function notBundled(feature: string): never {
  throw new Error(
    `this function was bundled without ${feature}: expected the settings it was deployed with, got others; deploy again`,
  );
}
