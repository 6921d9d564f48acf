/** Names of what this browser keeps for one person in one workspace: replies under way and what stands in the composers. */
export function outboxName(userId: string, workspaceId: string): string {
  return `parley.outbox.${userId}.${workspaceId}`;
}

export function composerName(userId: string, workspaceId: string): string {
  return `parley.composer.${userId}.${workspaceId}`;
}

/** Leaves no customer's words behind on this computer once a person has signed out. */
export function forgetLocally(store: Pick<Storage, 'key' | 'length' | 'removeItem'>, userId: string): void {
  const names = Array.from({ length: store.length }, (_, index) => store.key(index));
  for (const name of names) {
    if (name?.startsWith(outboxName(userId, '')) || name?.startsWith(composerName(userId, ''))) store.removeItem(name);
  }
}
