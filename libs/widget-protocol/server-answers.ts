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
  readonly sentAt: string;
  readonly editedAt: string | null;
  readonly deleted: boolean;
}

/** `POST sessions` */
export interface SessionAnswer {
  readonly visitorToken: string;
  readonly conversationId: string | null;
  readonly verified: boolean;
  readonly settings: {
    readonly greeting: string;
    readonly accentColor: string;
    readonly position: 'LEFT' | 'RIGHT';
    readonly showBranding: boolean;
    readonly privacyUrl: string;
  };
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

/** `POST files` */
export interface UploadAnswer {
  readonly id: string;
  readonly name: string | null;
  readonly contentType: string;
  readonly size: number;
}
