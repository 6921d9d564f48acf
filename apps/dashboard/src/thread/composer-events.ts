import type { ComposerText } from './composer-texts.js';

const eventName = 'parley:composer';

/** Puts text into the open composer of a conversation and moves the focus there. */
export function putInComposer(conversationId: string, value: ComposerText): void {
  dispatchEvent(new CustomEvent(eventName, { detail: { conversationId, value } }));
}

export function onPutInComposer(conversationId: string, take: (value: ComposerText) => void): () => void {
  const listener = (event: Event) => {
    const { detail } = event as CustomEvent<{ conversationId: string; value: ComposerText }>;
    if (detail.conversationId === conversationId) take(detail.value);
  };
  addEventListener(eventName, listener);
  return () => removeEventListener(eventName, listener);
}
