/** A number as Python's `str(float)` says it: XC3's amounts in labels. */
export function pythonFloat(value: number): string {
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power < -4 || power >= 16) return `${digits}e${power < 0 ? '-' : '+'}${twoDigits(Math.abs(power))}`;
  return Number.isInteger(value) ? `${value}.0` : `${value}`;
}

function twoDigits(power: number): string {
  return String(power).padStart(2, '0');
}
