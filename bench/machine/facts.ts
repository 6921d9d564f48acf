import { createHash } from 'node:crypto';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import path from 'node:path';
import type pg from 'pg';

/** What a figure depends on besides the product. */
export interface MachineFacts {
  readonly cores: number;
  readonly processor: string;
  readonly memoryGiB: number;
  readonly node: string;
  readonly postgres: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Processes that wanted a core, over the last minute. */
  readonly load: number;
  /** ms for a fixed piece of work: the same machine, busy, takes longer. */
  readonly calibration: number;
  /** Median and p99, in ms, of writing 8 KiB and having the disk confirm it. */
  readonly flush: { readonly median: number; readonly p99: number };
}

const settings = [
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'wal_sync_method',
  'shared_buffers',
  'max_wal_size',
];

/** Looks at the machine and the database server; takes about a second. */
export async function machineFacts(admin: pg.Client, folder: string): Promise<MachineFacts> {
  const { rows } = await admin.query<{ name: string; setting: string }>(
    'select name, current_setting(name) as setting from unnest($1::text[]) as name',
    [settings],
  );
  const version = await admin.query<{ version: string }>(`select current_setting('server_version') as version`);
  return {
    cores: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    postgres: version.rows[0]?.version ?? 'unknown',
    settings: Object.fromEntries(rows.map((row) => [row.name, row.setting])),
    load: loadavg()[0] ?? 0,
    calibration: calibrate(),
    flush: measureFlush(folder),
  };
}

/** ms for 100,000 digests: the best of three. */
export function calibrate(): number {
  const times = [1, 2, 3].map(() => {
    const since = performance.now();
    let bytes = Buffer.alloc(64);
    for (let count = 0; count < 100_000; count += 1) bytes = createHash('sha256').update(bytes).digest();
    return performance.now() - since;
  });
  return Math.round(Math.min(...times));
}

function measureFlush(folder: string): MachineFacts['flush'] {
  const own = mkdtempSync(path.join(folder, 'flush-'));
  const file = openSync(path.join(own, 'file'), 'w');
  try {
    const block = Buffer.alloc(8_192, 1);
    const times = Array.from({ length: 200 }, (_, index) => {
      const since = performance.now();
      writeSync(file, block, 0, block.length, (index % 16) * block.length);
      fdatasyncSync(file);
      return performance.now() - since;
    }).sort((a, b) => a - b);
    return { median: times[100] ?? Number.NaN, p99: times[198] ?? Number.NaN };
  } finally {
    closeSync(file);
    rmSync(own, { recursive: true, force: true });
  }
}
