type Props<Tag extends keyof HTMLElementTagNameMap> = Partial<Omit<HTMLElementTagNameMap[Tag], 'style' | 'dataset'>>;
type Child = Node | string | null;

/** An element with these properties and children. Text is only ever text: nothing here reads HTML. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  props: Props<Tag> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children.filter((child) => child !== null));
  return element;
}

const shapes = {
  attach: 'm20 11-8.5 8.5a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.7l-8.5 8.4a1.7 1.7 0 0 1-2.4-2.4L14.500 7',
  chat: 'M21 12a8 8 0 0 1-8 8H4l1.6-3.2A8 8 0 1 1 21 12z',
  close: 'M6 6l12 12M18 6 6 18',
  down: 'm6 9 6 6 6-6',
  file: 'M14 3H7a1 1 0 0 0-1 1v16a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1V7zm0 0v4h4',
  more: 'M4.500 12h1M11.500 12h1M18.500 12h1',
  person: 'M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zm-7 10a7 7 0 0 1 14 0',
  send: 'M12 19V5m-6 6 6-6 6 6',
  thumb: 'M7 10v10H4V10zm0 0 4-7a2.500 2.500 0 0 1 2.500 2.500V9h5a2 2 0 0 1 2 2.400l-1.300 7a2 2 0 0 1-2 1.600H7',
  spark: 'M12 3l2 6.500 6.500 2.500-6.500 2.500-2 6.500-2-6.500L3.500 12 10 9.500z',
};

/** A drawing of lines in the colour of the text. */
export function icon(name: keyof typeof shapes): SVGElement {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  const path = document.createElementNS(namespace, 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', shapes[name]);
  svg.append(path);
  return svg;
}

/** A link out of the chat, which says nothing of where it comes from and vouches for nothing. */
export function outLink(href: string, words: string, hint: string): HTMLAnchorElement {
  return el('a', { href, target: '_blank', rel: 'noopener nofollow noreferrer' }, words, hidden(` (${hint})`));
}

/** Words for who hears the page and does not see it. */
export const hidden = (words: string): HTMLElement => el('span', { className: 'hidden', textContent: words });
