const SERIES = 12;
const NAMED = ['green', 'yellow', 'orange', 'red', 'blue', 'purple'];

/** Returns the CSS colour of the series with this number. */
export function seriesColor(index: number): string {
  return `var(--series-${index % SERIES})`;
}

/** Returns the CSS colour for a Grafana colour such as `semi-dark-green`. The theme decides the shade. */
export function namedColor(name = 'text'): string {
  const hue = NAMED.find((one) => name === one || name.endsWith(`-${one}`));
  return hue ? `var(--${hue})` : name === 'text' || name === 'transparent' ? 'inherit' : name;
}

/** Returns the colour in the current theme, for a canvas. */
export function resolved(color: string): string {
  const probe = document.createElement('span');
  probe.style.color = color;
  document.body.append(probe);
  const { color: answer } = getComputedStyle(probe);
  probe.remove();
  return answer;
}
