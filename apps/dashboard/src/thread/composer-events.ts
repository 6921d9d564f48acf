import type { ComposerText } from './composer-texts.js';

const eventName = 'parley:composer';

/** A reply with all that goes along. */
export interface ComposerValue extends ComposerText {
  offered?: readonly string[];
  replyToId?: string;
}

/** Puts text into the open composer of a conversation and moves the focus there. */
export function putInComposer(conversationId: string, value: ComposerValue): void {
  dispatchEvent(new CustomEvent(eventName, { detail: { conversationId, value } }));
}

export function onPutInComposer(conversationId: string, take: (value: ComposerValue) => void): () => void {
  const listener = (event: Event) => {
    const { detail } = event as CustomEvent<{ conversationId: string; value: ComposerValue }>;
    if (detail.conversationId === conversationId) take(detail.value);
  };
  addEventListener(eventName, listener);
  return () => removeEventListener(eventName, listener);
}
