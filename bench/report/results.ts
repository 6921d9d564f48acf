import type { Information, Measured, Outcome, Skipped } from './bench.js';
import { type GoalNumber, type Verdict, goals, verdictOf } from './goals.js';

export interface BenchResult extends Outcome {
  readonly name: string;
  readonly seconds: number;
  /** Why it ended without an outcome. */
  readonly error?: string;
}

export interface Row extends Measured {
  readonly verdict: Verdict;
}

/** The measured goals of a run, in the order of their numbers, each with its verdict. */
export function rowsOf(results: readonly BenchResult[]): Row[] {
  const order = Object.keys(goals);
  return results
    .flatMap((result) => result.measured)
    .map((measured) => ({ ...measured, verdict: verdictOf(goals[measured.goal], measured.value) }))
    .sort((a, b) => order.indexOf(a.goal) - order.indexOf(b.goal));
}

/** What speaks against taking a change: values under a floor that holds on any machine, and benches that broke. */
export function faultsOf(results: readonly BenchResult[]): string[] {
  return [
    ...results.flatMap(({ name, error }) => (error === undefined ? [] : [`${name} broke: ${error}`])),
    ...rowsOf(results)
      .filter(({ goal, verdict }) => verdict === 'missed' && goals[goal].holds !== 'time')
      .map(({ goal, value }) => `goal ${goal}: ${format(value)} is under the floor, ${format(goals[goal].floor)}`),
  ];
}

/** Times and rates under their floor: they depend on the machine and on what else runs there, so they are told only. */
export function slowHere(results: readonly BenchResult[]): string[] {
  return rowsOf(results)
    .filter(({ goal, verdict }) => verdict === 'missed' && goals[goal].holds === 'time')
    .map(({ goal, value }) => `goal ${goal}: ${format(value)} is under the floor, ${format(goals[goal].floor)}, here`);
}

/** What was left out, by name: sizes that a bench skipped, and goals of the benches asked for that gave no value. */
export function skippedIn(results: readonly BenchResult[], expected: readonly GoalNumber[]): Skipped[] {
  const told = results.flatMap((result) => result.skipped ?? []);
  const known = new Set([...told, ...results.flatMap((result) => result.measured)].map((one) => one.goal));
  return [...told, ...expected.filter((goal) => !known.has(goal)).map((goal) => ({ goal, why: 'not measured' }))];
}

/** The printed table. */
export function tableOf(results: readonly BenchResult[]): string {
  const lines = [['#', 'goal', 'value', 'floor', 'target', 'verdict', ''], ...cellsOf(results)];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(column === widths.length - 1 ? 0 : (widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The same table for a page, without its notes. */
export function markdownOf(results: readonly BenchResult[]): string {
  const lines = [
    ['#', 'goal', 'value', 'floor', 'target', 'verdict'],
    Array<string>(6).fill('---'),
    ...cellsOf(results).map((cells) => cells.slice(0, 6)),
  ];
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

function cellsOf(results: readonly BenchResult[]): string[][] {
  return rowsOf(results).map(({ goal, value, verdict, note }) => {
    const { what, unit, floor, target } = goals[goal];
    const withUnit = (number: number) => `${format(number)}${unit === '' ? '' : ` ${unit}`}`;
    return [goal, what, withUnit(value), withUnit(floor), withUnit(target), verdictWord(verdict), note ?? ''];
  });
}

/** One line for each figure without a goal. */
export function informationOf(results: readonly BenchResult[]): string {
  const line = (name: string, { what, value, unit }: Information) =>
    `  ${name}: ${what}: ${typeof value === 'number' ? format(value) : value}${unit === undefined ? '' : ` ${unit}`}`;
  return results.flatMap(({ name, information }) => (information ?? []).map((one) => line(name, one))).join('\n');
}

function verdictWord(verdict: Verdict): string {
  return { target: 'ok', floor: 'floor', missed: 'MISSED' }[verdict];
}

function format(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const digits = Number.isInteger(value) || Math.abs(value) >= 1_000 ? 0 : Math.abs(value) >= 10 ? 1 : 3;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
}
