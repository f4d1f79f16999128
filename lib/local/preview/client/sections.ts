import { element } from './element';
import { inTitle, type Scope } from './interpolate';
import type { Panel } from './model';
import { type PanelView, panelView } from './panel';
import type { TimeRange } from './time-range';

/** Panels under one heading. */
interface SectionView {
  readonly node: HTMLElement;
  refresh(scope: Scope, range: TimeRange): Promise<void>;
}

/** Returns the rows of a dashboard, each with the panels that follow it. */
export function sectionViews(panels: readonly Panel[]): SectionView[] {
  const sections: { row?: Panel; panels: Panel[] }[] = [];
  for (const panel of panels) {
    if (panel.type === 'row') sections.push({ row: panel, panels: [...(panel.panels ?? [])] });
    else if (sections.length > 0) sections.at(-1)?.panels.push(panel);
    else sections.push({ panels: [panel] });
  }
  return sections.map(({ row, panels }) => sectionView(panels, row));
}

function sectionView(panels: readonly Panel[], row?: Panel): SectionView {
  const top = Math.min(...panels.map(({ gridPos }) => gridPos.y));
  const views = panels.map((panel) => placed(panel, top));
  const title = element('summary');
  const grid = element('div', { className: 'grid' }, ...views.map(({ node }) => node));
  const node = row ? element('details', { open: !row.collapsed, className: 'section' }, title, grid) : grid;
  return {
    node,
    refresh: async (scope, range) => {
      title.textContent = inTitle(row?.title ?? '', scope);
      await Promise.all(views.map((view) => view.refresh(scope, range)));
    },
  };
}

function placed(panel: Panel, top: number): PanelView {
  const view = panelView(panel);
  const { x, y, w, h } = panel.gridPos;
  view.node.style.gridColumn = `${x + 1} / span ${w}`;
  view.node.style.gridRow = `${y - top + 1} / span ${h}`;
  return view;
}
