import './style.css';
import { type Hello, type PageMessage, isColor } from '../../../libs/widget-protocol/index.js';
import { Chat } from './chat.js';
import { Kept } from './kept.js';
import { PageLink } from './page-link.js';
import { ChatWindow } from './view/chat-window.js';
import { VisitorApi } from './visitor-api.js';
import { languageFor, unreadIn } from './words/index.js';

let chat: Chat | null = null;
let view: ChatWindow | null = null;
let said: Hello | null = null;
const api = new VisitorApi();
const page = new PageLink((message) => void hear(message), api.settings?.apps ?? false);
/** A loader of 1.0 says nothing, and takes nothing that came later. */
const since11 = /^1\.[1-9]/.test(new URLSearchParams(location.search).get('v') ?? '');

async function hear(message: PageMessage): Promise<void> {
  if (message.type === 'hello') {
    if (chat !== null) return;
    said = message;
    const made = new Chat(
      api,
      new Kept(api.key, message.consent, message.kept),
      page,
      isColor(message.color) ? message.color : undefined,
    );
    chat = made;
    // Where its words do not come it is not shown.
    if (!(await speak(message.locale))) return;
    made.onChange = () => view?.update();
    page.tell({ type: 'ready' });
    if (message.open) made.show(true);
    return;
  }
  if (chat === null) return;
  switch (message.type) {
    case 'open':
      chat.show(true);
      view?.focus();
      break;
    case 'close':
      chat.show(false);
      break;
    case 'reset':
      view?.fill({ text: '', name: '', email: '' });
      chat.reset();
      break;
    case 'locale':
      if (await speak(message.locale)) chat.set();
      break;
    case 'identify':
      await chat.identify(message.identity);
      break;
    case 'prefill':
      chat.prefill = { ...chat.prefill, ...message.prefill };
      view?.fill(message.prefill);
  }
}

/** Shows the chat in a language. */
async function speak(locale: string): Promise<boolean> {
  const language = await languageFor(locale).catch(() => null);
  if (chat === null || language === null) return false;
  if (since11)
    chat.unreadIn = (count) => [language.words.chat, ...(count > 0 ? [unreadIn(language, count)] : [])].join(', ');
  view = new ChatWindow(chat, api, language, said ?? {}, () => page.tell({ type: 'close' }));
  view.mount();
  return true;
}
