import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Machine } from './machine/machine.js';
import { calibrate } from './machine/facts.js';
import type { Bench } from './report/bench.js';
import { type BenchResult, faultsOf, informationOf, rowsOf, skippedIn, slowHere, tableOf } from './report/results.js';

const here = import.meta.dirname;
const { values: options, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    gate: { type: 'boolean', default: false },
    /** Writes the figures to results/latest.json, which is kept with the sources. */
    keep: { type: 'boolean', default: false },
    /** A folder for CPU profiles of the server and the count of statements; figures are slower with it. */
    profile: { type: 'string' },
  },
});

/** Every bench there is: the default exports of the `*.bench.ts` below this folder. */
async function findBenches(): Promise<Bench[]> {
  const files = readdirSync(here, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.bench.ts'))
    .sort();
  const modules = await Promise.all(files.map((file) => import(path.join(here, file)) as Promise<{ default: Bench }>));
  return modules.map((module) => module.default);
}

async function main(): Promise<number> {
  const all = await findBenches();
  const unknown = names.filter((name) => !all.some((bench) => bench.name === name));
  if (unknown.length > 0)
    throw new Error(`There is no bench ${unknown.join(', ')}. There are: ${all.map((bench) => bench.name).join(', ')}`);
  const chosen = names.length === 0 ? all : all.filter((bench) => names.includes(bench.name));
  const log = (line: string) => void process.stdout.write(`${line}\n`);
  const machine = await Machine.start(options.profile === undefined ? null : path.resolve(options.profile));
  let interrupted = false;
  process.on('SIGINT', () => (interrupted = true)).on('SIGTERM', () => (interrupted = true));
  const results: BenchResult[] = [];
  try {
    const { cores, postgres, node, calibration, flush, load } = machine.facts;
    log(
      `${String(cores)} cores, load ${load.toFixed(1)}, calibration ${String(calibration)} ms, Node ${node}, Postgres ${postgres}, ` +
        `flush ${flush.median.toFixed(2)} ms (p99 ${flush.p99.toFixed(2)} ms)`,
    );
    for (const bench of chosen) {
      if (interrupted) break;
      log(`\n${bench.name} (goal ${bench.goals.join(', ')})`);
      results.push(await runOne(bench, machine, log));
    }
  } finally {
    await machine.stop();
  }
  const report = {
    at: new Date().toISOString(),
    quick: options.quick,
    machine: { ...machine.facts, calibrationAtEnd: calibrate() },
    goals: rowsOf(results),
    benches: results,
  };
  save(report);
  log(`\n${tableOf(results)}\n\n${informationOf(results)}`);
  const expected = (names.length === 0 ? all : chosen).flatMap((bench) => bench.goals);
  for (const { goal, why } of skippedIn(results, expected)) log(`skipped: goal ${goal}: ${why}`);
  for (const line of slowHere(results)) log(`slow: ${line}`);
  const faults = faultsOf(results);
  for (const fault of faults) log(`under the gate: ${fault}`);
  if (interrupted) return 130;
  return (options.gate && faults.length > 0) || results.some((result) => result.error !== undefined) ? 1 : 0;
}

async function runOne(bench: Bench, machine: Machine, log: (line: string) => void): Promise<BenchResult> {
  const since = performance.now();
  const took = () => Math.round((performance.now() - since) / 100) / 10;
  try {
    const outcome = await bench.run({ machine, quick: options.quick, log: (line) => log(`  ${line}`) });
    return { name: bench.name, ...outcome, seconds: took() };
  } catch (error) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log(`  broke: ${words}`);
    return { name: bench.name, measured: [], error: words.split('\n')[0] ?? '', seconds: took() };
  } finally {
    await machine.tidy();
  }
}

interface Report {
  readonly benches: readonly BenchResult[];
}

/** Writes the run's figures; with `keep` also over those of the same benches in latest.json. */
function save(report: Report): void {
  const folder = path.join(here, 'results');
  mkdirSync(folder, { recursive: true });
  const write = (name: string, content: Report) =>
    writeFileSync(path.join(folder, name), `${JSON.stringify(content, null, 2)}\n`);
  write('last-run.json', report);
  if (!options.keep) return;
  let kept: readonly BenchResult[] = [];
  try {
    kept = (JSON.parse(readFileSync(path.join(folder, 'latest.json'), 'utf8')) as Report).benches;
  } catch {
    // The first time there is none.
  }
  const ran = new Set(report.benches.map((bench) => bench.name));
  const benches = [...kept.filter((bench) => !ran.has(bench.name)), ...report.benches];
  write('latest.json', { ...report, benches, ...{ goals: rowsOf(benches) } });
}

process.exitCode = await main();
