/** What is typed in whole units, in hundredths; null where nothing is there. */
export function centsOf(typed: string): number | null {
  const units = Number(typed.trim() === '' ? Number.NaN : typed);
  // Hundredths of what computers hold are rarely whole: 0.29 are 28.999999999999996 of them.
  return Number.isFinite(units) ? Math.round(units * 1e8) / 1e6 : null;
}

/** Hundredths as they stand in a field. */
export function unitsOf(cents: number | null): string {
  return cents === null ? '' : String(Math.round(cents * 1e6) / 1e8);
}
