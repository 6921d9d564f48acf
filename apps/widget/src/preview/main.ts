import styles from '../style.css?inline';
import { Chat } from '../chat.js';
import { Kept } from '../kept.js';
import { PageLink } from '../page-link.js';
import { ChatWindow } from '../view/chat-window.js';
import { languageFor } from '../words/index.js';
import { PretendApi } from './pretend-api.js';
import { type Preview, isPreview } from './preview-message.js';

// The chat as every site shows it, told how to look by the page of its makers. It reaches no server: it has no origin
// that could, and its policy lets nothing out.
let shown: Preview | null = null;
let chat: Chat | null = null;
let view: ChatWindow | null = null;
let turn = 0;

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
document.adoptedStyleSheets = [sheet];

addEventListener('message', ({ source, data }: MessageEvent<unknown>) => {
  if (source === parent && parent !== self && isPreview(data)) void show(data);
});
// Nothing is told but that it listens.
parent.postMessage({ parley: 1, type: 'ready' }, '*');

async function show(next: Preview): Promise<void> {
  const before = shown;
  shown = next;
  // Where a visitor is and what is asked of them is settled at the beginning: then it is begun anew.
  const anew = before === null || (['locale', 'stage', 'sample'] as const).some((part) => differs(before, next, part));
  if (anew || differs(before.settings, next.settings, 'ask')) return begin(next);
  chat?.follow(next.settings);
  chat?.set();
}

async function begin({ settings, locale }: Preview): Promise<void> {
  const mine = ++turn;
  const language = await languageFor(locale);
  if (mine !== turn || shown === null) return;
  if (chat !== null) chat.onChange = () => undefined;
  const api = new PretendApi(() => shown as Preview);
  const made = new Chat(api, new Kept('preview', false, ''), new PageLink(() => undefined, false), undefined);
  made.follow(settings);
  chat = made;
  view = new ChatWindow(made, api, language, {}, () => undefined);
  view.mount();
  made.onChange = () => view?.update();
  made.show(true);
}

function differs<Whole>(one: Whole, other: Whole, part: keyof Whole): boolean {
  return JSON.stringify(one[part]) !== JSON.stringify(other[part]);
}
