import { flag, like, maybe, message, shape, text } from './shape.js';

/** Who the site says a visitor is. `token` is a JWT, `hash` an HMAC of the id; either proves it. */
export interface Identity {
  readonly id?: string;
  readonly email?: string;
  readonly name?: string;
  readonly hash?: string;
  readonly token?: string;
}

/** What the site puts into the chat's fields; the visitor may change it, and sends it. */
export interface Prefill {
  readonly text?: string;
  readonly name?: string;
  readonly email?: string;
}

export type Theme = 'auto' | 'light' | 'dark';

interface Mark {
  readonly parley: 1;
}

/** The first message to a frame, every time that it is loaded. */
export interface Hello extends Mark {
  readonly type: 'hello';
  /** The language of the page, or the one that the site asked for. */
  readonly locale: string;
  readonly theme: Theme | undefined;
  /** False: nothing is stored. */
  readonly consent: boolean;
  readonly open: boolean;
  /** What the page has kept for the frame. */
  readonly kept: string;
  /** What the button has, until the server has said it. */
  readonly color: string | undefined;
  /** Name and address are asked for before the first message. */
  readonly askFirst: boolean;
}

/** What the page around a frame tells it. */
export type PageMessage =
  | Hello
  | (Mark & { readonly type: 'open' })
  | (Mark & { readonly type: 'close' })
  /** Another person may sit there now. */
  | (Mark & { readonly type: 'reset' })
  | (Mark & { readonly type: 'locale'; readonly locale: string })
  | (Mark & { readonly type: 'identify'; readonly identity: Identity })
  | (Mark & { readonly type: 'prefill'; readonly prefill: Prefill });

const locale = text(35);
const identity = shape({
  id: maybe(text(200)),
  email: maybe(text(254)),
  name: maybe(text(100)),
  hash: maybe(text(4_096)),
  token: maybe(text(4_096)),
});
const prefill = shape({ text: maybe(text(5_000)), name: maybe(text(100)), email: maybe(text(254)) });

/** Whether it is a message of the page, to the letter. */
export const isPageMessage = message({
  hello: {
    locale,
    theme: maybe(like(/^(auto|light|dark)$/)),
    consent: flag,
    open: flag,
    kept: text(20_000),
    color: maybe(text(40)),
    askFirst: flag,
  },
  open: {},
  close: {},
  reset: {},
  locale: { locale },
  identify: { identity },
  prefill: { prefill },
}) as (value: unknown) => value is PageMessage;
