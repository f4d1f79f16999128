type Child = Node | string;

/** Creates an element with properties and children. Strings become text nodes, so markup in them has no effect. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<Omit<HTMLElementTagNameMap[K], 'style'>> & {
    style?: Readonly<Record<string, string>>;
  } = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const { style = {}, ...others } = properties;
  const made = document.createElement(tag);
  Object.assign(made, others);
  for (const [name, value] of Object.entries(style)) made.style.setProperty(name, value);
  made.append(...children);
  return made;
}
