/** What an arrow key means on the board: another card, or, with Shift, another column for the card. */
export type BoardStep = { kind: 'focus'; link: HTMLElement | undefined } | { kind: 'move'; id: string; by: 1 | -1 };

interface Press {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly target: EventTarget;
}

/** Null where the key means nothing here: it is not pressed on a card, or no arrow. */
export function stepOn(
  { key, shiftKey, ctrlKey, altKey, metaKey, target }: Press,
  board: HTMLElement | null,
): BoardStep | null {
  if (ctrlKey || altKey || metaKey || !(target instanceof HTMLElement)) return null;
  const id = target.dataset['lead'];
  if (id === undefined || !board) return null;
  const along = { ArrowRight: 1, ArrowLeft: -1 }[key];
  if (along !== undefined) {
    // Where people read from the right the next column is on the left.
    const by = (document.documentElement.dir === 'rtl' ? -along : along) as 1 | -1;
    if (shiftKey) return { kind: 'move', id, by };
    return { kind: 'focus', link: beside(target, board, by) };
  }
  const down = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (down === undefined || shiftKey) return null;
  const links = linksIn(target.closest<HTMLElement>('.lead-column'));
  return { kind: 'focus', link: links[links.indexOf(target) + down] };
}

/** The card at the same height in the next column that has any. */
function beside(target: HTMLElement, board: HTMLElement, by: number): HTMLElement | undefined {
  const columns = [...board.querySelectorAll<HTMLElement>('.lead-column')].filter((column) => column.offsetParent);
  const here = columns.findIndex((column) => column.contains(target));
  const place = linksIn(columns[here]).indexOf(target);
  for (let next = here + by; next >= 0 && next < columns.length; next += by) {
    const links = linksIn(columns[next]);
    if (links.length > 0) return links[Math.min(place, links.length - 1)];
  }
  return undefined;
}

function linksIn(column: HTMLElement | null | undefined): HTMLElement[] {
  return [...(column?.querySelectorAll<HTMLElement>('.lead-link') ?? [])];
}
