import { element } from './element';

interface TooltipRow {
  readonly color: string;
  readonly name: string;
  readonly text: string;
}

const box = element('div', { className: 'tooltip', hidden: true });

/** Places the tooltip beside the pointer, within the window. */
export function showTooltip(
  title: string,
  rows: readonly TooltipRow[],
  { clientX, clientY }: MouseEvent,
): void {
  box.replaceChildren(element('strong', {}, title), ...rows.slice(0, 20).map(toRow));
  if (!box.isConnected) document.body.append(box);
  box.hidden = false;
  const { offsetWidth: width, offsetHeight: height } = box;
  const left = clientX + 16 + width > innerWidth ? clientX - 16 - width : clientX + 16;
  box.style.left = `${Math.max(4, left)}px`;
  box.style.top = `${Math.max(4, Math.min(clientY + 12, innerHeight - height - 4))}px`;
}

/** Hides the tooltip. */
export function hideTooltip(): void {
  box.hidden = true;
}

function toRow({ color, name, text }: TooltipRow): HTMLElement {
  return element('div', {}, swatch(color), element('span', {}, name), element('b', {}, text));
}

/** Creates a spot in the colour of a series. */
export function swatch(color: string): HTMLElement {
  return element('i', { className: 'swatch', style: { background: color } });
}
