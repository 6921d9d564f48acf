import { lazy, type ComponentType } from 'react';

/** So many times the server may answer and not have it, until it is taken for gone: another version runs there. */
const mostRefusals = 3;
const longestPause = 8_000;

/**
 * Fetches a part of the page. Where there is no line it waits for one: a page that is open stays whole, and what it asked
 * for comes once the line is back.
 */
export async function fetchPart<Part>(fetchOnce: () => Promise<Part>): Promise<Part> {
  let refusals = 0;
  for (let tries = 0; ; tries += 1) {
    try {
      return await fetchOnce();
    } catch (error) {
      if (await serverAnswers()) refusals += 1;
      if (refusals >= mostRefusals) throw error;
      await pause(Math.min(250 * 2 ** tries, longestPause));
    }
  }
}

/** A component that is fetched when it is shown for the first time. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as React's own: the props are told by what is fetched
export function part<Shown extends ComponentType<any>>(fetchOnce: () => Promise<{ default: Shown }>) {
  return lazy(() => fetchPart(fetchOnce));
}

async function serverAnswers(): Promise<boolean> {
  try {
    return (await fetch('/health/live', { cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}

/** Waits so long, or until the browser says that the line is back. */
function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      removeEventListener('online', go);
      resolve();
    };
    const timer = setTimeout(go, milliseconds);
    addEventListener('online', go);
  });
}
