import { isColor, isFrameMessage, spokenVersion } from '../../../../libs/widget-protocol/from-frame.js';
import type {
  Hello,
  Identity,
  PageMessage,
  SiteCommands,
  SiteGlobal,
  Theme,
} from '../../../../libs/widget-protocol/index.js';
import { attach, button, frame, isOpen, look, mark, remove, say, toggle } from './corner.js';

type Told = PageMessage extends infer One ? (One extends unknown ? Omit<One, 'parley'> : never) : never;
/** What the page keeps: that there is a chat to come back to, how its button looks, and what the frame gives it to keep. */
const place = 'parley';
const page = window as { Parley?: SiteGlobal | undefined };

/** What is kept; told something else it keeps that. Where storage is blocked the chat lives as long as the page. */
function memory(kept?: readonly string[] | null): string[] {
  try {
    if (kept === null) delete localStorage[place];
    else if (kept) localStorage[place] = kept.join();
    return `${localStorage[place]}`.split(',');
  } catch {
    return [];
  }
}

/** Puts the chat on a page. Nothing is asked for before somebody comes near, or comes back. */
function start(src: string, said: DOMStringMap, key: string, waiting: readonly ArrayLike<unknown>[]): void {
  const { origin } = new URL(src);
  const consent = said['consent'] !== 'false';
  const recall = () => (memory()[0] === key ? memory() : []);
  const [returns, hue, edge] = recall();
  const [color, side] = returns ? [hue, edge] : [said['color'], said['position']];
  const later: Told[] = [];
  const root = document.documentElement;
  let locale = said['lang'] || root.lang || navigator.language;
  let unread = 0;
  let loading = false;
  let ready = false;
  let wanted = false;
  let identity: Identity | undefined;

  const tell = (name: string, detail?: unknown) => dispatchEvent(new CustomEvent(`parley:${name}`, { detail }));
  const send = (message: Told) => frame.contentWindow?.postMessage({ parley: 1, ...message }, origin);
  const post = (message: Told) => (ready ? send(message) : later.push(message));
  const load = () => {
    if (loading) return;
    loading = true;
    frame.src = `${origin}/widget/frame?key=${key}&v=${spokenVersion}`;
    // Not before it is wanted: an empty one costs the page a window of its own while it loads.
    button.before(frame);
    // The page may not show this chat, or there is no way to the server: what cannot be used is not shown.
    setTimeout(() => {
      if (ready) return;
      loading = false;
      show(false);
      tell('failed', 'unavailable');
    }, 10_000);
  };
  // Its scripts have run when it is loaded, so that it hears this; what is shown in its place is not at this origin.
  frame.onload = () =>
    loading &&
    send({
      type: 'hello',
      locale,
      theme: said['theme'] as Theme,
      consent,
      kept: recall()[3] ?? '',
      open: isOpen(),
      askFirst: 'askFirst' in said,
      color,
    } satisfies Omit<Hello, 'parley'>);
  const show = (open: boolean) => {
    wanted = open;
    mark('busy', open && !ready);
    if (open) load();
    if (isOpen() === open || (open && !ready)) return;
    toggle(open);
    const type = open ? 'open' : 'close';
    post({ type });
    tell(type);
  };

  const commands: SiteCommands = {
    open: () => show(true),
    close: () => show(false),
    toggle: () => show(!wanted),
    show() {
      button.hidden = false;
    },
    hide() {
      button.hidden = true;
    },
    identify(given) {
      identity = given;
      post({ type: 'identify', identity });
    },
    reset() {
      identity = undefined;
      later.length = 0;
      // What the frame keeps, it alone can take away.
      if (returns || loading) {
        load();
        post({ type: 'reset' });
      }
      memory(null);
    },
    setLocale(given) {
      say((locale = given), unread);
      post({ type: 'locale', locale });
    },
    prefill(prefill) {
      post({ type: 'prefill', prefill });
    },
    on: (name, listener) =>
      addEventListener(`parley:${name}`, (event) => listener((event as CustomEvent).detail as never)),
    destroy() {
      // Neither its button nor its language is followed any more.
      said = { lang: 'en' };
      removeEventListener('message', hear);
      show(false);
      remove();
      page.Parley = undefined;
    },
  };
  const hear = ({ source, origin: from, data }: MessageEvent<unknown>) => {
    if (source !== frame.contentWindow || from !== origin || !isFrameMessage(data)) return;
    const { type } = data;
    if (type === 'close') return show(false);
    if (type === 'renew') {
      ready = loading = false;
      if (identity) commands.identify(identity);
      return load();
    }
    if (type === 'ready') {
      ready = true;
      for (const message of later.splice(0)) send(message);
      show(wanted);
    }
    if (type === 'state') {
      ({ unread } = data);
      look(data.color, data.corner, data.radius);
      say(locale, unread, data.label);
      // Without consent there is nothing to keep, and what was kept before goes.
      memory(data.kept ? [key, data.color, data.corner, data.kept] : null);
      tell('unread', unread);
    } else tell(type, (data as { what?: string }).what);
  };

  addEventListener('message', hear);
  attach();
  say(locale, 0);
  look(isColor(color) ? color : '#2563eb', `${side}`);
  button.onclick = () => show(!wanted);
  // A button of the site's own, wherever and whenever the site puts one.
  button.hidden = 'launcher' in said;
  // Without one it looks for what is on no page.
  addEventListener(
    'click',
    ({ target }) => (target as Partial<Element>).closest?.(said['launcher'] as string) && show(!wanted),
  );
  // A site of one page changes its language without being loaded anew.
  new MutationObserver(() => said['lang'] || commands.setLocale(root.lang)).observe(root, {
    attributeFilter: ['lang'],
  });
  button.onpointerenter = button.onfocus = load;
  const call = (name: keyof SiteCommands, ...given: unknown[]) =>
    (commands[name] as ((...all: unknown[]) => void) | undefined)?.(...given);
  page.Parley = Object.assign(call, commands);
  for (const one of waiting) call(...(Array.from(one) as [keyof SiteCommands]));
  if (returns) (window.requestIdleCallback ?? setTimeout)(load);
}

const script = (document.currentScript ?? document.querySelector('script[data-key]')) as HTMLScriptElement;
const begin = () => {
  const { key } = script.dataset;
  // Embedded twice, it stands there once.
  if (key && !page.Parley?.open) start(script.src, script.dataset, key, page.Parley?.q ?? []);
};
// It may come before the page has a body.
if (document.body) begin();
else addEventListener('DOMContentLoaded', begin);
