import { count, like, maybe, message } from './shape.js';

export type Corner = 'LEFT' | 'RIGHT';

/** What can go wrong that the site should know of. */
export type Failure = 'not-allowed' | 'identity-refused' | 'unavailable';

interface Mark {
  readonly parley: 1;
}

/** How the chat stands, for the launcher. */
export interface ChatState extends Mark {
  readonly type: 'state';
  readonly unread: number;
  /**
   * Empty where there is no chat to come back to. Else for the page to keep, and to give back with its hello: what the
   * frame needs where its own storage is blocked, or a word that it has that itself.
   */
  readonly kept: string;
  /** #rrggbb */
  readonly color: string;
  readonly corner: Corner;
  /** Since 1.1: what the button is called, and what of it is new. */
  readonly label?: string;
  /** Since 1.1: how round the corners are, in pixels. */
  readonly radius?: number;
}

/**
 * What a loader speaks, said in the address of the frame: `major.minor`. A loader takes no member that it does not know,
 * so what a minor has added is told to those alone that say they know it. A loader that says nothing is of 1.0.
 */
export const spokenVersion = '1.1';

/** What the frame tells the page around it. Of what is written there, nothing. */
export type FrameMessage =
  | ChatState
  /** It listens, and can be shown. */
  | (Mark & { readonly type: 'ready' })
  /** The visitor has closed it. */
  | (Mark & { readonly type: 'close' })
  /** Its permission to open a chat is over: it has to be loaded anew. */
  | (Mark & { readonly type: 'renew' })
  /** An answer has come. */
  | (Mark & { readonly type: 'message' })
  | (Mark & { readonly type: 'failed'; readonly what: Failure });

/** A colour as the server writes it, which is also all that may go into a style. */
export const isColor = like(/^#[0-9a-f]{6}$/i) as (value: unknown) => value is string;

/** Whether it is a message of the frame, to the letter. */
export const isFrameMessage = message({
  ready: {},
  close: {},
  renew: {},
  message: {},
  failed: { what: like(/^[a-z-]{1,20}$/) },
  state: {
    unread: count,
    kept: like(/^[^,]{0,20000}$/),
    color: isColor,
    corner: like(/^(LEFT|RIGHT)$/),
    label: maybe(like(/./)),
    radius: maybe(count),
  },
}) as (value: unknown) => value is FrameMessage;
