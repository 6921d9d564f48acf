type Cell = string | number | null;

/** A table as a file for spreadsheets. A text that one would run as a formula gets an apostrophe in front. */
export function csvOf(rows: readonly (readonly Cell[])[]): string {
  // The mark in front tells spreadsheets that it is UTF-8.
  return `\uFEFF${rows.map((row) => row.map(cellOf).join(',')).join('\r\n')}\r\n`;
}

function cellOf(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = /^[\s]*[=+\-@\t\r]/u.test(cell) ? `'${cell}` : cell;
  return /[",\r\n;']/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Gives a person the file. */
export function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
