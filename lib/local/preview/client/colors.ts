const SERIES = 12;
const NAMED = ['green', 'yellow', 'orange', 'red', 'blue', 'purple'];

/** CSS colour of the series with that number. */
export function seriesColor(index: number): string {
  return `var(--series-${index % SERIES})`;
}

/** CSS colour for one of Grafana's, such as `semi-dark-green`: shades are the theme's business. */
export function namedColor(name = 'text'): string {
  const hue = NAMED.find((one) => name === one || name.endsWith(`-${one}`));
  return hue ? `var(--${hue})` : name === 'text' || name === 'transparent' ? 'inherit' : name;
}

/** The colour as a canvas takes it, in the theme of the moment. */
export function resolved(color: string): string {
  const probe = document.createElement('span');
  probe.style.color = color;
  document.body.append(probe);
  const { color: answer } = getComputedStyle(probe);
  probe.remove();
  return answer;
}
