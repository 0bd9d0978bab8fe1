import { visible } from './visible.ts';

type Child = Node | string | null;

/** An element with a class and children. Texts become text nodes: no string is ever read as HTML. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** Words of the bundle, and not ours: made visible, and kept from turning ours. */
export function foreign(text: string): HTMLElement {
  return element('bdi', '', visible(text));
}

/** {@link foreign} for what is to be compared letter by letter: paths, keys. */
export function exact(text: string): HTMLElement {
  return element('bdi', 'mono', visible(text));
}

export function byId<Kind extends HTMLElement>(id: string): Kind {
  return document.getElementById(id) as Kind;
}
