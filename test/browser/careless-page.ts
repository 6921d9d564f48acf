import type { HostileWords } from './hostile-words.js';

/**
 * Payloads that no browser does anything with, however careless a page is with them, and why: by words that stand in one
 * alone. They are sent everywhere like the others; for them the page that shows them as they are is the whole proof.
 */
export const heardNowhere: Readonly<Record<string, string>> = {
  '<meta http-equiv=refresh content="0;url=javascript:': 'no browser is refreshed to a script',
  '<portal src=': 'Chromium took portals out, and fences want an address from an auction',
  '<marquee onstart=': 'Chromium tells no start of a marquee',
  '<math href=': 'Chromium has no links in formulas; Firefox had',
  '<maction actiontype=': 'as above',
  '<mi//xlink:href=': 'for cleaners that read on behind the second slash; a browser sees an attribute',
  'vbscript:': 'the last browser that knew it is gone',
  'blob:http': 'a blob is opened where it was made alone',
  'filesystem:': 'Chromium opens none from a page',
  'file:///': 'no page opens files',
  'view-source:': 'no page opens the source of another',
  '{% raw %}': 'for templates that a server fills in',
  '{{7*7}}': 'has no code; a page that shows 49 has worked it out',
  '$t(nav.inbox)': 'has no code; for the translations of this very dashboard',
  '<math><mtext><table>': 'Chromium writes the signs of an attribute so that they stay one when it is read again',
  '<![CDATA[': 'a comment to whoever reads HTML',
  '<form name=getElementById>': 'has no code; it takes the names of what scripts ask the document for',
  'width:expression(': 'the last browser that worked styles out is gone',
  'gpj.exe': 'has no code; it turns round how a name is read',
  '<\u200bscript>': 'what begins with a space that nobody sees is no tag',
  '＜script＞': 'signs of full width are no tags; some databases make them narrow',
  '\u001b]8;;': 'for terminals',
  '=HYPERLINK(': 'for tables',
  'filename*=': 'for the heads of answers',
  '+ADw-': 'no browser reads UTF-7',
};

/** Ways in which a page is careless with the same words, each a document of its own, so that none spoils another. */
const documents: readonly ((text: string) => string)[] = [
  (text) =>
    `<style>@keyframes x{from{opacity:0.9}}</style><div>${text}</div><img src="next"><p style="filter:url(#f)">x`,
  (text) =>
    `<style>@keyframes x{from{opacity:0.9}}</style><img alt='${text}'><input value="${text}"><input value='${text}'><a href='${text}'>x</a>`,
  (text) => `<a href="${text}">x</a>`,
  (text) => `<p>x</p>${said(text)}<script>put('a').setAttribute('href', said)</script>`,
  (text) => `<p style="${text}">x</p><style>p{color:${text}}</style>x`,
  (text) => `<p>x</p>${said(text)}<script>decode(said)</script>`,
];

/** The words as they are, for the document's own scripts. */
const said = (text: string) => `<script>said = ${JSON.stringify(text).replaceAll('<', '\\u003c')}</script>`;

/** What such pages do to words beside writing them down, and what somebody does who uses them. */
const habits = `
const put = (name) => document.body.appendChild(Object.assign(document.createElement(name), { textContent: 'x' }));
const each = (found, work) => [...found].slice(0, 40).forEach((one) => { try { work(one); } catch {} });
const show = (make) => each([make], () => put('div').append(document.createRange().createContextualFragment(make())));
function decode(text) {
  const scope = { $on() {}, $eval() {} };
  const parts = /\\{\\{(.+?)\\}\\}|#\\{(.+?)\\}|<%=(.+?)%>/gs;
  each(text.matchAll(parts), ([, ...codes]) => Function('scope', 'with (scope) return ' + codes.find(Boolean))(scope));
  show(() => eval('\`' + text + '\`'));
  show(() => eval('"' + text + '"'));
  show(() => { const box = put('div'); box.innerHTML = text; return box.textContent; });
  show(() => new DOMParser().parseFromString(text, 'text/html').body.innerHTML);
  show(() => text.replace(/<.?script>/g, ''));
  show(() => decodeURIComponent(text));
  show(() => decodeURIComponent(decodeURIComponent(text)));
  show(() => text.replace(/!\\[(.*?)\\]\\((.*?)\\)/g, '<img alt="$1" src="$2">').replace(/\\[(.*?)\\]\\(<?(.*?)>?\\)/g, '<a href="$2">$1</a>'));
  show(() => text.replace(/<(https?:.*?)>/g, '<a href="$1">x</a>'));
  each([text], () => {
    const { type, props, __html } = JSON.parse(text);
    if (__html) put('div').innerHTML = __html;
    if (type) each([put(type)], (made) => Object.keys(props).forEach((name) => made.setAttribute(name, props[name])));
  });
}
addEventListener('DOMContentLoaded', () => {
  const all = (what) => document.querySelectorAll(what);
  setTimeout(() => {
    each(all('template'), ({ content }) => document.body.append(document.importNode(content, true)));
    each(all('*'), (one) => one.dispatchEvent(new MouseEvent('mouseover', { bubbles: true })));
    each(all('[autofocus], [tabindex], input, select'), (one) => one.focus());
  }, 100);
  setTimeout(() => each(all('a, math, maction, button, text, area'), (one) => one.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))), 300);
});`;

/** The careless pages of some words: one that holds them all in frames, and each of them, by address. */
export function carelessPages(words: readonly HostileWords[]): ReadonlyMap<string, string> {
  const pages = new Map<string, string>();
  const head = '<!doctype html><meta charset="utf-8">';
  for (const { number, text } of words)
    for (const [index, write] of documents.entries())
      pages.set(
        `/careless/${String(number)}/${String(index)}`,
        `${head}<script>${habits}</script><body>${write(text)}`,
      );
  const frames = [...pages.keys()].map((address) => `<iframe src="${address}" width="90" height="60"></iframe>`);
  return pages.set('/careless', `${head}<body>${frames.join('')}`);
}

/** Whether a careless page is heard with these words. */
export function isHeard({ text }: HostileWords): boolean {
  return !Object.keys(heardNowhere).some((part) => text.includes(part));
}
