import type { SystemDatabase, Workspaces } from '../platform/database/index.js';

/** The two ways into the deployment's database. */
export interface Databases {
  readonly system: SystemDatabase;
  readonly workspaces: Workspaces;
}

/** One option of a command, beside `--help` and `--json`, which every command has. */
export interface Option {
  readonly type: 'string' | 'boolean';
  readonly does: string;
  /** What stands for the value in the help. */
  readonly value?: string;
}

/** What was typed after the command's name. */
export interface Given {
  readonly names: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
}

/** What a command answers: for people, and for programs that asked with `--json`. */
export interface Answer {
  readonly text: string;
  readonly json: unknown;
}

/** What a command is called, and what the help says of it. */
export interface Described {
  /** Its words: `deliveries list`. */
  readonly name: string;
  /** What may follow them beside options, such as `ID...`; null where nothing may. */
  readonly takes: string | null;
  readonly does: string;
  readonly options: Readonly<Record<string, Option>>;
}

/** One command of the operator's command line. */
export interface Command extends Described {
  run(given: Given, databases: Databases): Promise<Answer>;
}

/** A command that opens no database: it runs wherever there is a file to run it on. */
export interface OfflineCommand extends Described {
  readonly offline: true;
  run(given: Given): Promise<Answer>;
}

/** The command was understood and cannot be done: exit code 1. */
export class Refused extends Error {}

/** The command was done, and what it found is bad: exit code 1, with all that was found. */
export class Failed extends Error {
  constructor(
    message: string,
    readonly answer: Answer,
  ) {
    super(message);
  }
}

/** What was typed cannot be understood: exit code 2. */
export class WrongUsage extends Error {}

/** The text of an option; undefined where it was not given. */
export function textOf(given: Given, option: string): string | undefined {
  const value = given.options[option];
  return typeof value === 'string' ? value : undefined;
}
