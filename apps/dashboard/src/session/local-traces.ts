/** Names of what this browser keeps for one person in one workspace: replies under way and what stands in the composers. */
export function outboxName(userId: string, workspaceId: string): string {
  return `parley.outbox.${userId}.${workspaceId}`;
}

export function composerName(userId: string, workspaceId: string): string {
  return `parley.composer.${userId}.${workspaceId}`;
}

/** How this browser looks and is worked, whoever sits at it: its colours, its language, its keys. It names nobody. */
const ofTheBrowser = /^parley\.(?:theme|language|keys|shortcuts)$/u;

/**
 * Leaves nothing of a person or a customer on this computer once nobody is signed in: replies under way, what stood in the
 * composers, which workspace was open. Whatever is kept under a new name is forgotten too, until it is named above.
 */
export function forgetLocally(...stores: readonly Pick<Storage, 'key' | 'length' | 'removeItem'>[]): void {
  for (const store of stores) {
    const names = Array.from({ length: store.length }, (_, index) => store.key(index) ?? '');
    for (const name of names) if (name.startsWith('parley.') && !ofTheBrowser.test(name)) store.removeItem(name);
  }
}

/** What shows pushes, and says so where there is no network. */
export const serviceWorker = '/service-worker.js';

/** Takes back what the browser shows and keeps of the pages on its own account: a count, notifications, the way of pushes. */
export async function forgetInBrowser(): Promise<void> {
  try {
    forgetLocally(localStorage, sessionStorage);
  } catch {
    // Blocked storage keeps nothing.
  }
  await Promise.allSettled([navigator.clearAppBadge?.(), endPushes()]);
}

async function endPushes(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration(serviceWorker);
  for (const shown of (await registration?.getNotifications()) ?? []) shown.close();
  await (await registration?.pushManager?.getSubscription())?.unsubscribe();
}
