import type { SiteCommands, SiteEvents, SiteGlobal } from '../widget-protocol/site-commands.js';

export type { Failure } from '../widget-protocol/from-frame.js';
export type { Identity, Prefill, Theme } from '../widget-protocol/from-page.js';
export type { SiteEvents };

/** Which chat, where it comes from, and how it stands on the page. */
export interface ChatOptions {
  /** The address of the server, such as `https://chat.example.com`. */
  readonly server: string;
  /** The public key of the chat: `pk_...`. */
  readonly key: string;
  /** Of the button, #rrggbb, until the chat was opened once. */
  readonly color?: string;
  readonly position?: 'left' | 'right';
  /** Else the language of the page, which is followed. */
  readonly lang?: string;
  readonly theme?: 'auto' | 'light' | 'dark';
  /** False: nothing is stored, and the chat is over with the page. */
  readonly consent?: boolean;
  /** Name and address are asked for before the first message; never demanded. */
  readonly askFirst?: boolean;
  /** A selector for buttons of the site's own that open and close it; there is no other button then. */
  readonly launcher?: string;
  /** For pages whose policy asks for one. */
  readonly nonce?: string;
}

/** A chat on the page. Everything can be called at once: what comes before the chat is there is done when it is. */
export interface Chat extends Omit<SiteCommands, 'on'> {
  /** Listens; gives what ends it. */
  on<Name extends keyof SiteEvents>(name: Name, listener: (detail: SiteEvents[Name]) => void): () => void;
}

interface Standing {
  readonly place: string;
  readonly script: HTMLScriptElement;
  readonly chat: Chat;
}

type Page = typeof globalThis & { Parley?: SiteGlobal | undefined };

let standing: Standing | null = null;

/**
 * Puts a chat on the page, and gives what it can be told. Asked again for the same chat it gives the one that stands there,
 * so that it may be called as often as a component is drawn; asked for another it puts that in its place. Where there is no
 * page, as on a server, nothing happens.
 */
export function loadChat(options: ChatOptions): Chat {
  if (typeof document === 'undefined') return chatOf(() => undefined);
  const place = `${new URL(options.server).origin} ${options.key}`;
  if (standing?.place === place) return standing.chat;
  standing?.chat.destroy();
  const page = globalThis as Page;
  page.Parley ??= waiting();
  const script = scriptOf(options);
  const chat: Chat = {
    ...chatOf((...call) => {
      if (standing?.chat === chat) (page.Parley as ((...given: unknown[]) => void) | undefined)?.(...call);
    }),
    destroy() {
      if (standing?.chat !== chat) return;
      standing = null;
      script.remove();
      // Not there yet: it finds no key when it comes, and leaves the page as it is.
      if (page.Parley?.open === undefined) {
        delete script.dataset['key'];
        page.Parley = undefined;
      } else (page.Parley as (name: 'destroy') => void)('destroy');
    },
  };
  standing = { place, script, chat };
  document.head.append(script);
  return chat;
}

function scriptOf(options: ChatOptions): HTMLScriptElement {
  const { server, key, nonce, consent, askFirst, color, position, lang, theme, launcher } = options;
  const script = document.createElement('script');
  script.async = true;
  script.src = new URL('/widget.js', server).href;
  if (nonce !== undefined) script.nonce = nonce;
  for (const [name, value] of Object.entries({ key, color, position, lang, theme, launcher }))
    if (value !== undefined) script.dataset[name] = value;
  if (consent === false) script.dataset['consent'] = 'false';
  if (askFirst === true) script.dataset['askFirst'] = '';
  script.onerror = () => dispatchEvent(new CustomEvent('parley:failed', { detail: 'unavailable' }));
  return script;
}

/** What stands for the chat until it is there, and keeps what it is called with. */
function waiting(): SiteGlobal {
  const calls: ArrayLike<unknown>[] = [];
  return Object.assign((...call: unknown[]) => void calls.push(call), { q: calls });
}

function chatOf(call: (...given: readonly unknown[]) => void): Chat {
  const tells =
    <Name extends Exclude<keyof SiteCommands, 'on'>>(name: Name) =>
    (...given: Parameters<SiteCommands[Name]>) =>
      call(name, ...given);
  return {
    open: tells('open'),
    close: tells('close'),
    toggle: tells('toggle'),
    show: tells('show'),
    hide: tells('hide'),
    identify: tells('identify'),
    reset: tells('reset'),
    setLocale: tells('setLocale'),
    prefill: tells('prefill'),
    destroy: tells('destroy'),
    on(name, listener) {
      if (typeof document === 'undefined') return () => undefined;
      const hear = (event: Event) => listener((event as CustomEvent).detail as never);
      addEventListener(`parley:${name}`, hear);
      return () => removeEventListener(`parley:${name}`, hear);
    },
  };
}
