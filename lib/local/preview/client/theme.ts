import { element } from './element';

const KEPT = 'tollgate-theme';
const dark = matchMedia('(prefers-color-scheme: dark)');

/** Returns the button for light or dark. Until it is used, the system's choice counts. */
export function themeButton(changed: () => void): HTMLElement {
  apply(localStorage.getItem(KEPT) ?? '');
  dark.onchange = changed;
  const button = element('button', {
    type: 'button',
    className: 'theme',
    title: 'Light or dark',
    ariaLabel: 'Light or dark',
  });
  button.onclick = () => {
    const chosen = isDark() ? 'light' : 'dark';
    localStorage.setItem(KEPT, chosen);
    apply(chosen);
    changed();
  };
  return button;
}

function isDark(): boolean {
  const chosen = document.documentElement.style.colorScheme;
  return chosen ? chosen === 'dark' : dark.matches;
}

function apply(scheme: string): void {
  document.documentElement.style.colorScheme = scheme;
}
