import { css, fills, inkOn } from './appearance.js';

/** What the button is called until the frame says it, where that is not "Chat". */
const words: Readonly<Record<string, string>> = { tr: 'Sohbet', ru: 'Чат', ar: 'محادثة' };
const near = 80;
const make = <Tag extends keyof HTMLElementTagNameMap>(tag: Tag) => document.createElement(tag);

export const button = make('button');
export const frame = make('iframe');
const badge = make('span');
const host = make('parley-chat' as 'div');
let before: HTMLElement | null = null;

/** Puts the button on the page, in a shadow that the page cannot look into. */
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
  root.append(button);
  // Beside the body: what a page of one page puts in place of its body leaves it where it is.
  document.documentElement.append(host);
  document.addEventListener('focusin', giveWay);
}

export function remove(): void {
  document.removeEventListener('focusin', giveWay);
  host.remove();
}

export function mark(name: string, on: boolean): void {
  button.classList.toggle(name, on);
  frame.classList.toggle(name, on);
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

export function say(locale: string, unread: number, label?: string): void {
  frame.title = words[locale.slice(0, 2)] ?? 'Chat';
  badge.textContent = `${unread || ''}`;
  button.ariaLabel = label ?? frame.title;
}

export function look(color: string, corner: string, radius = 18): void {
  host.style.cssText = `--c:${color};--o:${inkOn(color)};--r:${radius}px`;
  mark('left', /left/i.test(corner));
}

/** Whoever walks the page by keyboard sees where they are: the button steps aside from what it would cover. */
function giveWay({ target }: Event): void {
  const { bottom, left, right, height } = (target as Element).getBoundingClientRect();
  const beside = button.matches('.left') ? left < near : right > innerWidth - near;
  mark('aside', target !== host && beside && bottom > innerHeight - near && height < innerHeight / 2);
}
