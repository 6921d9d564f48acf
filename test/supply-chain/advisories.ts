import { execFile } from 'node:child_process';
import path from 'node:path';
import { type Lock, nameOf, readShipped } from './lock.js';
import { type PutOff, putOffAdvisories } from './put-off-advisories.js';

/** One advisory in the form in which `npm audit --json` gives it. */
interface Advisory {
  readonly source: number;
  readonly name: string;
  readonly title: string;
  readonly url: string;
  readonly severity: string;
}

/** The parts of npm's report that are read here. */
export interface AuditReport {
  readonly auditReportVersion: number;
  readonly vulnerabilities: Readonly<
    Record<string, { readonly via: readonly (string | Advisory)[]; readonly nodes: readonly string[] }>
  >;
}

export interface Verdict {
  /** False where the registry in use answers no such question. */
  readonly checked: boolean;
  /** What must be mended now. */
  readonly failures: readonly string[];
  /** What is known and may wait, or why nothing was checked. */
  readonly notes: readonly string[];
}

const grave = new Set(['high', 'critical']);
const daysToMend = 7;

/**
 * Judges a report: a high or critical advisory of something that ships is a failure, unless it is put off, which holds for
 * seven days from the day on which it was first seen.
 */
export function judge(
  report: AuditReport,
  places: ReadonlySet<string>,
  putOff: readonly PutOff[],
  today: Date,
): Verdict {
  const failures: string[] = [];
  const notes: string[] = [];
  for (const { via, nodes } of Object.values(report.vulnerabilities)) {
    const ships = nodes.filter((place) => places.has(place));
    for (const advisory of via) {
      if (typeof advisory === 'string') continue;
      const id = advisory.url.split('/').at(-1) ?? String(advisory.source);
      const line = `${id} (${advisory.severity}) in ${advisory.name}: ${advisory.title}`;
      if (!grave.has(advisory.severity) || ships.length === 0) {
        notes.push(`${line}; ${ships.length === 0 ? 'build only' : 'below high'}`);
        continue;
      }
      const waiting = putOff.find((one) => one.id === id);
      const age = waiting === undefined ? Infinity : (today.getTime() - Date.parse(waiting.seen)) / 86_400_000;
      if (age >= 0 && age <= daysToMend) notes.push(`${line}; put off: ${waiting?.reason ?? ''}`);
      else failures.push(waiting === undefined ? line : `${line}; put off longer than ${String(daysToMend)} days`);
    }
  }
  return { checked: true, failures, notes };
}

/** Asks the registry in use (or the one given) about what the lock file names. */
export async function audit(options: { readonly registry?: string; readonly today?: Date } = {}): Promise<Verdict> {
  const { lock, places } = await readShipped();
  const output = await npmAudit(options.registry);
  const report = readReport(output);
  if (typeof report === 'string') return { checked: false, failures: [], notes: [report] };
  return judge(withPlaces(report, lock), places, putOffAdvisories, options.today ?? new Date());
}

// Where npm names no place, every place of that name counts.
function withPlaces(report: AuditReport, lock: Lock): AuditReport {
  const vulnerabilities = Object.entries(report.vulnerabilities).map(([name, { via, nodes }]) => {
    const known = nodes.length > 0 ? nodes : Object.keys(lock.packages).filter((place) => nameOf(place) === name);
    return [name, { via, nodes: known }] as const;
  });
  return { ...report, vulnerabilities: Object.fromEntries(vulnerabilities) };
}

/** The report, or in words why there is none. */
export function readReport(output: string): AuditReport | string {
  try {
    const parsed = JSON.parse(output) as Partial<AuditReport> & { statusCode?: number };
    if (parsed.auditReportVersion === 2 && parsed.vulnerabilities !== undefined) return parsed as AuditReport;
    const status = parsed.statusCode === undefined ? '' : ` (${String(parsed.statusCode)})`;
    return `the registry in use does not answer audits${status}`;
  } catch {
    return 'npm gave no report';
  }
}

function npmAudit(registry: string | undefined): Promise<string> {
  const args = ['audit', '--json', '--package-lock-only', '--fetch-retries=0', '--fetch-timeout=20000'];
  if (registry !== undefined) args.push(`--registry=${registry}`);
  return new Promise((resolve) => {
    // npm's own code says no more than the report does.
    execFile(
      'npm',
      args,
      {
        cwd: path.join(import.meta.dirname, '..', '..'),
        maxBuffer: 50_000_000,
        timeout: 60_000,
        shell: process.platform === 'win32',
      },
      (_error, stdout) => resolve(stdout),
    );
  });
}
