import type { OwnCollectorDefinition, OwnGroup } from '../../lambdas/own/own-collector';

/** A collector that reports whether its functions run. */
interface Watched {
  readonly watchedDefinition: OwnCollectorDefinition;
  /** Reports whether a function of the collector runs, also one for which nobody waits any more. */
  isBusy(): boolean;
}

/** Watches the functions of a user's collector. */
export function watched({ collect, ...definition }: OwnCollectorDefinition): Watched {
  let open = 0;
  const watch = async <T>(operation: () => T | Promise<T>): Promise<T> => {
    open += 1;
    try {
      return await operation();
    } finally {
      open -= 1;
    }
  };
  const watchFill = (group: OwnGroup) => ({
    ...group,
    fill: (...given: Parameters<OwnGroup['fill']>) => watch(() => group.fill(...given)),
  });
  return {
    isBusy: () => open > 0,
    watchedDefinition: {
      ...definition,
      collect: async (run) => {
        const groups = await watch(() => collect(run));
        return Array.isArray(groups) ? groups.map(watchFill) : groups;
      },
    },
  };
}
