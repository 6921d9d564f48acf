/** A file that came with a message. */
export interface ShownAttachment {
  readonly id: string;
  readonly kind: string;
  readonly name: string | null;
  readonly contentType: string | null;
  readonly size: number | null;
  readonly status: string;
  readonly url: string | null;
}

export type Rating = 'UP' | 'DOWN';

/** A message as its visitor sees it. */
export interface ShownMessage {
  readonly id: string;
  readonly from: 'visitor' | 'business';
  readonly author: 'visitor' | 'person' | 'ai' | 'system';
  readonly kind: string;
  readonly text: string | null;
  readonly attachments: readonly ShownAttachment[];
  /** Answers to choose from: one that is chosen is written as the visitor's own message. */
  readonly quickReplies: readonly string[];
  /** What a machine's answer rests on. */
  readonly sources: readonly { readonly title: string; readonly url: string | null }[];
  /** What the visitor has said of a machine's answer. */
  readonly rating: Rating | null;
  readonly sentAt: string;
  readonly editedAt: string | null;
  readonly deleted: boolean;
}

export type Ask = 'off' | 'optional' | 'required';

/** How a chat looks, what it asks, and when somebody is there. */
export interface ChatSettings {
  readonly greeting: string;
  readonly accentColor: string;
  readonly position: 'LEFT' | 'RIGHT';
  readonly showBranding: boolean;
  readonly privacyUrl: string;
  readonly theme: 'auto' | 'light' | 'dark';
  readonly radius: number;
  /** A data URL. */
  readonly logo: string | null;
  /** Whether it may stand in the web view of an app. */
  readonly apps: boolean;
  readonly ask: { readonly name: Ask; readonly email: Ask; readonly question: Ask };
  /** Null where there are no hours. `changesAt`: when it opens, or closes, next; null where that is not soon. */
  readonly hours: { readonly open: boolean; readonly changesAt: string | null } | null;
}

/** `POST sessions` */
export interface SessionAnswer {
  readonly visitorToken: string;
  readonly conversationId: string | null;
  readonly verified: boolean;
  readonly settings: ChatSettings;
  readonly messages: readonly ShownMessage[];
  readonly cursor: string;
}

/** `GET messages` */
export interface ThreadAnswer {
  readonly conversationId: string | null;
  readonly messages: readonly ShownMessage[];
  readonly erased: readonly string[];
  readonly reset: boolean;
  readonly cursor: string;
}

/** `POST messages` */
export interface WrittenAnswer {
  readonly conversationId: string;
  readonly message: ShownMessage;
}

/** `POST forget` */
export interface ForgetAnswer {
  /** False while a legal hold keeps what was written. */
  readonly forgotten: boolean;
  readonly confirmation_code: string;
  /** Where everybody with the code sees how it stands, and gets the receipt. */
  readonly statusUrl: string;
}

/** `POST files` */
export interface UploadAnswer {
  readonly id: string;
  readonly name: string | null;
  readonly contentType: string;
  readonly size: number;
}
