import { css, fills, inkOn } from './appearance.js';

/** What the button is called, and what of it is new. */
const words: Readonly<Record<string, readonly [chat: string, fresh: string]>> = {
  en: ['Chat', 'new'],
  tr: ['Sohbet', 'yeni'],
  de: ['Chat', 'neu'],
  ar: ['محادثة', 'جديدة'],
};
const near = 80;
const make = <Tag extends keyof HTMLElementTagNameMap>(tag: Tag) => document.createElement(tag);

export const button = make('button');
export const frame = make('iframe');
const badge = make('span');
const host = make('parley-chat' as 'div');
let before: HTMLElement | null = null;

/** Puts the button on the page, and the frame beside it, in a shadow that the page cannot look into. */
export function attach(): void {
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  // Made by hand, for pages that take no HTML from scripts.
  button.append(make('i'), badge);
  button.ariaHasPopup = 'dialog';
  button.ariaExpanded = 'false';
  frame.referrerPolicy = 'origin';
  root.append(frame, button);
  // Beside the body: what a page of one page puts in place of its body leaves it where it is.
  document.documentElement.append(host);
  document.addEventListener('focusin', giveWay);
}

export function remove(): void {
  document.removeEventListener('focusin', giveWay);
  document.body.inert = false;
  host.remove();
}

export function mark(name: string, on: boolean): void {
  for (const part of [button, frame]) part.classList.toggle(name, on);
}

export const isOpen = () => button.matches('.on');

/** Shows the frame, or puts it away and the focus where it was. */
export function toggle(opens: boolean): void {
  if (opens) before = document.activeElement as HTMLElement | null;
  mark('on', opens);
  button.ariaExpanded = `${opens}`;
  // Where it fills the screen, what is behind it is out of reach.
  document.body.inert = opens && matchMedia(fills).matches;
  (opens ? frame : button.hidden ? before : button)?.focus();
}

export function say(locale: string, unread: number): void {
  const [chat = '', fresh] = words[locale.slice(0, 2)] ?? words['en'] ?? [];
  frame.title = chat;
  badge.textContent = `${unread || ''}`;
  button.ariaLabel = unread ? `${chat}, ${unread} ${fresh}` : chat;
}

export function look(color: string, corner: string): void {
  host.style.setProperty('--c', color);
  host.style.setProperty('--o', inkOn(color));
  mark('left', /^left$/i.test(corner));
}

/** Whoever walks the page by keyboard sees where they are: the button steps aside from what it would cover. */
function giveWay({ target }: Event): void {
  const { bottom, left, right, height } = (target as Element).getBoundingClientRect();
  const beside = button.matches('.left') ? left < near : right > innerWidth - near;
  mark('aside', target !== host && beside && bottom > innerHeight - near && height < innerHeight / 2);
}
