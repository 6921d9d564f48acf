import { Store } from '../ui/store.js';

const storageName = 'parley.send-delay';

/** Seconds that a reply can wait, to be taken back. */
export const sendDelays = [0, 5, 10, 20, 30] as const;

/** How long replies of this browser wait. None, until somebody wants it: a chat is answered at once. */
export const sendDelay = new Store<number>(remembered());

export function setSendDelay(seconds: number): void {
  sendDelay.set(seconds);
  try {
    localStorage.setItem(storageName, String(seconds));
  } catch {
    // Blocked storage: the choice lasts until the page is left.
  }
}

function remembered(): number {
  try {
    return sendDelays.find((seconds) => String(seconds) === localStorage.getItem(storageName)) ?? 0;
  } catch {
    return 0;
  }
}
