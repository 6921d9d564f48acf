import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

/** More than this the server does not change at once. */
export const mostChosen = 200;

/** What is chosen in a list, and where a range begins that somebody draws next. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly anchor: string | null;
}

export const nothingChosen: Selection = { ids: new Set(), anchor: null };

/**
 * Chooses a row or lets it go. As a range: all rows from the one that was touched last up to this one become what this one
 * becomes. Rows beyond the most are left out.
 */
export function toggleRow(selection: Selection, id: string, rows: readonly string[], range: boolean): Selection {
  const choose = !selection.ids.has(id);
  const [from, to] = [selection.anchor === null ? -1 : rows.indexOf(selection.anchor), rows.indexOf(id)];
  const touched = range && from >= 0 && to >= 0 ? rows.slice(Math.min(from, to), Math.max(from, to) + 1) : [id];
  const ids = new Set(selection.ids);
  for (const one of touched) {
    if (!choose) ids.delete(one);
    else if (ids.size < mostChosen) ids.add(one);
  }
  return { ids, anchor: id };
}

/** Chooses every row that is there, as far as that goes. */
export function chooseAll(rows: readonly string[]): Selection {
  return { ids: new Set(rows.slice(0, mostChosen)), anchor: rows[0] ?? null };
}

/** What of it still stands in the list: nobody changes what they do not see. */
export function stillThere(selection: Selection, rows: readonly string[]): Selection {
  if (selection.ids.size === 0) return selection;
  const ids = rows.filter((id) => selection.ids.has(id));
  return ids.length === selection.ids.size ? selection : { ...selection, ids: new Set(ids) };
}

/** The selection of one list; another list begins with none. */
export function useSelection(rows: readonly string[], place: string) {
  const [kept, setKept] = useState<Selection & { place: string }>({ ...nothingChosen, place });
  /** Boxes are shown though nothing is chosen yet: where nothing hovers, they would not be found. */
  const [open, setOpen] = useState(false);
  const selection = useMemo(() => (kept.place === place ? stillThere(kept, rows) : nothingChosen), [kept, place, rows]);
  // The ways to change it stay the same while rows come and move: those that are shown need not be drawn again.
  const latest = useRef(rows);
  latest.current = rows;
  const change = useCallback(
    (next: (selection: Selection, rows: readonly string[]) => Selection) =>
      setKept((before) => {
        const current = before.place === place ? stillThere(before, latest.current) : nothingChosen;
        return { ...next(current, latest.current), place };
      }),
    [place],
  );
  useEffect(() => setOpen(false), [place]);
  return {
    chosen: selection.ids,
    open: open || selection.ids.size > 0,
    toggle: useCallback(
      (id: string, range: boolean) => change((before, there) => toggleRow(before, id, there, range)),
      [change],
    ),
    all: () => change((_, there) => chooseAll(there)),
    clear: () => {
      change(() => nothingChosen);
      setOpen(false);
    },
    show: () => setOpen(true),
  };
}
