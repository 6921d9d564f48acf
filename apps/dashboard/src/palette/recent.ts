import { actionOf, type ActionId } from '../actions/actions.js';

const storageName = 'parley.recent';
const most = 5;

/** Which actions were chosen lately, the last first: names of actions and nothing about anybody. */
export function recentActions(store: Pick<Storage, 'getItem'>): ActionId[] {
  try {
    const value: unknown = JSON.parse(store.getItem(storageName) ?? '[]');
    const ids = Array.isArray(value) ? value.filter((id): id is ActionId => typeof id === 'string') : [];
    return [...new Set(ids.filter((id) => actionOf.has(id)))].slice(0, most);
  } catch {
    return [];
  }
}

export function noteUse(store: Pick<Storage, 'getItem' | 'setItem'>, id: ActionId): void {
  try {
    store.setItem(
      storageName,
      JSON.stringify([id, ...recentActions(store).filter((other) => other !== id)].slice(0, most)),
    );
  } catch {
    // Blocked storage: the palette begins with its list.
  }
}
