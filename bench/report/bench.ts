import type { Machine } from '../machine/machine.js';
import type { GoalNumber } from './goals.js';

/** A goal's value as measured in this run. */
export interface Measured {
  readonly goal: GoalNumber;
  readonly value: number;
  /** How it came about: sizes, both sides of a ratio, what was smaller than the goal says. */
  readonly note?: string;
}

/** A figure without a goal. */
export interface Information {
  readonly what: string;
  readonly value: number | string;
  readonly unit?: string;
}

/** A goal, or one of its sizes, that was not measured in this run, and why. */
export interface Skipped {
  readonly goal: GoalNumber;
  readonly why: string;
}

export interface Outcome {
  readonly measured: readonly Measured[];
  readonly information?: readonly Information[];
  readonly skipped?: readonly Skipped[];
}

export interface BenchContext {
  readonly machine: Machine;
  /** Smaller sizes, for a run of a few minutes. */
  readonly quick: boolean;
  log(line: string): void;
}

/** What `*.bench.ts` exports as its default: one measurement, found by its file. */
export interface Bench {
  readonly name: string;
  readonly goals: readonly GoalNumber[];
  run(context: BenchContext): Promise<Outcome>;
}
