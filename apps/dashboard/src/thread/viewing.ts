import { useCallback, useEffect, useRef } from 'react';
import { useMutation } from 'urql';
import { SetActivityDocument } from '../api/documents.js';
import { nobody, type Presence } from '../live/presence.js';
import { useWorkspace } from '../session/workspace.js';
import { useStore } from '../ui/store.js';
import { useNow } from '../ui/time.js';

const repeatMs = 10_000;
const settledMs = 150;
const typingRepeatMs = 3_000;

/** Tells the others that this person looks at the conversation, for as long as the page is in front. */
export function useViewing(conversationId: string, active: boolean): void {
  const [, setActivity] = useMutation(SetActivityDocument);
  useEffect(() => {
    if (!active) return;
    let told = false;
    const tell = (viewing: boolean) => {
      told = viewing;
      void setActivity({ conversationId, typing: false, viewing });
    };
    const beat = () => document.hidden || tell(true);
    const change = () => tell(!document.hidden);
    // Behind the first picture; and whoever only passes through has not been here.
    const soon = setTimeout(beat, settledMs);
    const timer = setInterval(beat, repeatMs);
    document.addEventListener('visibilitychange', change);
    return () => {
      clearTimeout(soon);
      clearInterval(timer);
      document.removeEventListener('visibilitychange', change);
      if (told) tell(false);
    };
  }, [conversationId, active, setActivity]);
}

/** Called on every key press; tells the others at most once in three seconds. */
export function useTyping(conversationId: string): (typing: boolean) => void {
  const [, setActivity] = useMutation(SetActivityDocument);
  const told = useRef(0);
  return useCallback(
    (typing) => {
      if (typing && Date.now() - told.current < typingRepeatMs) return;
      if (!typing && told.current === 0) return;
      told.current = typing ? Date.now() : 0;
      void setActivity({ conversationId, typing, viewing: true });
    },
    [conversationId, setActivity],
  );
}

/** Who else is here now. */
export function usePresence(conversationId: string): Presence {
  const { presence, presenceBeat, me } = useWorkspace();
  useStore(presenceBeat);
  const now = useNow(2_000);
  return presence.read(conversationId, me?.id ?? null, Math.max(now, Date.now())) ?? nobody;
}
