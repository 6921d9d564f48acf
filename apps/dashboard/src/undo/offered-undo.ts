import { Store } from '../ui/store.js';

/** Something that was done a moment ago and can still be taken back. */
export interface OfferedUndo {
  id: number;
  /** What was done, as a sentence. */
  text: string;
  /** Puts back what was there before, by real operations. */
  undo: () => Promise<void>;
}

/** How long a person can take back what they did. */
export const undoMs = 8_000;

let lastId = 0;

/** The latest thing that can be taken back. What is done next takes its place: it stays done. */
export const offeredUndo = new Store<OfferedUndo | null>(null);

export function offerUndo(text: string, undo: () => Promise<void>): void {
  offeredUndo.set({ id: ++lastId, text, undo });
}

/** Takes the offer away; one that was followed by another is gone already. */
export function letGo(id: number): void {
  if (offeredUndo.get()?.id === id) offeredUndo.set(null);
}

/** Takes back what was done last, once, if there still is something. */
export async function undoNow(): Promise<boolean> {
  const offer = offeredUndo.get();
  if (!offer) return false;
  offeredUndo.set(null);
  await offer.undo();
  return true;
}
