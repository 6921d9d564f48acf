export type Promises = ReadonlyMap<number, string>;
export interface Ran {
  readonly title: string;
  readonly status: string;
}
export function readPromises(text: string): Promises;
export function namedIn(title: string): { numbers: number[]; misspelt: string[] };
export function tally(
  promises: Promises,
  tests: readonly Ran[],
): { counted: ReadonlyMap<number, { passed: number; failed: number }>; problems: string[] };
export function report(
  promises: Promises,
  tests: readonly Ran[],
  options: { whole: boolean; gapsFail?: boolean },
): { lines: string[]; failed: number };
