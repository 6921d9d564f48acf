import type { Failure } from './from-frame.js';
import type { Identity, Prefill } from './from-page.js';

/** What a site can listen to, with `on` or as `parley:<name>` on its window. */
export interface SiteEvents {
  readonly ready: undefined;
  readonly open: undefined;
  readonly close: undefined;
  /** An answer has come. What it says stays in the chat. */
  readonly message: undefined;
  /** How many answers were not looked at yet. */
  readonly unread: number;
  readonly failed: Failure;
}

/** What a site can have done: `Parley('open')`, before and after the chat is there. */
export interface SiteCommands {
  open(): void;
  close(): void;
  toggle(): void;
  /** Shows the button, or takes it away: a site may have one of its own. */
  show(): void;
  hide(): void;
  identify(identity: Identity): void;
  /** Forgets at this browser who the visitor is, as after signing out. */
  reset(): void;
  setLocale(locale: string): void;
  prefill(prefill: Prefill): void;
  on<Name extends keyof SiteEvents>(name: Name, listener: (detail: SiteEvents[Name]) => void): void;
  /** Takes the chat off the page. */
  destroy(): void;
}

/** The one global of the chat. Before it is loaded: a function of the site's that keeps what it is called with in `q`. */
export type SiteGlobal = Partial<SiteCommands> & {
  <Name extends keyof SiteCommands>(name: Name, ...given: Parameters<SiteCommands[Name]>): void;
  q?: ArrayLike<unknown>[];
};
