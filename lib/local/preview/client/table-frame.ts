import { type Frame, toFrame } from './frame';
import type { Panel } from './model';
import type { PanelQuery } from './panel-contents';
import { instantQuery } from './prometheus';
import { transform } from './transformations';

/** Returns the rows of a panel's queries after its model's transformations. */
export async function tableFrame({ transformations }: Panel, { targets, range }: PanelQuery): Promise<Frame> {
  const frames = await Promise.all(
    targets.map(async ({ expr, refId }) =>
      toFrame(await instantQuery(expr, range.to), targets.length > 1 ? `Value #${refId}` : 'Value'),
    ),
  );
  return transform(frames, transformations)[0] ?? [];
}
