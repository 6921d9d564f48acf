import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type BenchResult, markdownOf } from '../../../bench/report/results.js';

const root = path.join(import.meta.dirname, '..', '..', '..');
const [from, to] = ['<!-- figures of the last kept run of npm run bench -->', '<!-- end of the figures -->'];

interface Run {
  readonly at: string;
  readonly machine: { readonly cores: number; readonly node: string; readonly postgres: string };
  readonly benches: readonly BenchResult[];
}

/** README.md with the figures that `npm run bench -- --keep` wrote down last, and nothing else changed. */
export async function printReadme(): Promise<string> {
  const readme = await readFile(path.join(root, 'README.md'), 'utf8');
  const run = JSON.parse(await readFile(path.join(root, 'bench/results/latest.json'), 'utf8')) as Run;
  const [start, end] = [readme.indexOf(from), readme.indexOf(to)];
  if (start < 0 || end < start) throw new Error(`README.md has no place for the figures, between ${from} and ${to}.`);
  const { cores, node, postgres } = run.machine;
  const machine = `Measured ${run.at.slice(0, 10)} on ${String(cores)} cores, Node ${node}, Postgres ${postgres}; server, database, senders and watchers share them.`;
  return `${readme.slice(0, start)}${from}\n\n${machine}\n\n${markdownOf(run.benches)}\n\n${readme.slice(end)}`;
}
