import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { TestClient } from '../../test/support/client.js';
import { beginImport, seenImport, uploadTable } from '../../test/support/imports.js';
import type { Bench } from '../report/bench.js';
import { loadedWorkspaceId } from '../loader/statements.js';
import { addLeads, addShops, ownerOf } from './shops.js';

/** More are not taken of one file. */
const rowsOfAFile = 100_000;
const patienceSeconds = 1_200;

/** How long one file took. */
interface Taken {
  readonly uploadSeconds: number;
  readonly seconds: number;
}

/**
 * Goals I9, I9u, I9d and I9m: leads come out of files as a member brings them, uploaded over HTTP and read by the job of the
 * same server, one file after another; then all of them again. At the end everybody has one lead.
 */
export default {
  name: 'import',
  goals: ['I9', 'I9u', 'I9d', 'I9m'],
  run: async ({ machine, quick, log }) => {
    const [files, rows] = quick ? ([4, 5_000] as const) : ([10, rowsOfAFile] as const);
    const database = await machine.database();
    const admin = await machine.admin(database);
    await addShops(admin, 2);
    // Another shop had leads when the tables were last counted; of this one the planner knows nothing.
    await addLeads(admin, 1, rows);
    await admin.query('vacuum (analyze) contacts, leads');
    const server = await machine.server(database);
    const owner = ownerOf(server.url, 0);
    const memories: number[] = [];
    const round = async (what: 'created' | 'updated'): Promise<readonly Taken[]> => {
      const taken: Taken[] = [];
      for (let file = 0; file < files; file += 1) {
        const one = await imported(owner, tableOf(file * rows, rows), { [what]: rows });
        taken.push(one);
        memories.push(machine.mostServerMemory(server));
        log(
          `file ${String(file + 1)}: ${told(one, rows)}, ${String(Math.round(memories.at(-1) ?? 0))} MiB at the most`,
        );
      }
      return taken;
    };
    const [processor, postgres] = [machine.serverTime(server), machine.postgresTime()];
    const first = await round('created');
    const all = files * rows;
    const information = [
      {
        what: 'processor time of the server per lead',
        value: (machine.serverTime(server) - processor) / all,
        unit: 'ms',
      },
      { what: 'processor time of Postgres per lead', value: (machine.postgresTime() - postgres) / all, unit: 'ms' },
      { what: `a file of ${String(rows)} is uploaded`, value: mean(first.map((one) => one.uploadSeconds)), unit: 's' },
      { what: 'the first file', value: rows / (first[0]?.seconds ?? 0), unit: 'rows/s' },
      { what: 'the last file', value: rows / (first.at(-1)?.seconds ?? 0), unit: 'rows/s' },
    ];
    const again = await round('updated');
    const sizes = `${String(files)} files of ${rows.toLocaleString('en-US')}`;
    const [once, atTheEnd] = [memories[0] ?? 0, memories.at(-1) ?? 0];
    return {
      measured: [
        { goal: 'I9', value: all / total(first), note: `${sizes} in ${total(first).toFixed(0)} s` },
        { goal: 'I9u', value: all / total(again), note: `${sizes} in ${total(again).toFixed(0)} s` },
        { goal: 'I9d', value: await wrong(admin, all), note: `of ${all.toLocaleString('en-US')}` },
        {
          goal: 'I9m',
          value: atTheEnd / once,
          note: `${atTheEnd.toFixed(0)} ÷ ${once.toFixed(0)} MiB after all of it and after one of ${sizes}`,
        },
      ],
      information,
    };
  },
} satisfies Bench;

/** People from `from` on, each by an address of their own, as a shop keeps them. */
function tableOf(from: number, count: number): string {
  const lines = Array.from({ length: count }, (_, place) => {
    const n = from + place;
    const phone = `+90555${String(n).padStart(7, '0')}`;
    return `Müşteri ${String(n)},kisi${String(n)}@example.com,${phone},"Company ${String(n % 5_000)}, Ltd.",${n % 3 === 0 ? 'vip' : ''},${String(n % 60)}`;
  });
  return `Name,Email,Phone,Company,Tags,Size\n${lines.join('\n')}\n`;
}

/** Uploads a table, has it imported, and waits for the end; throws where not every row did what it is to do. */
async function imported(owner: TestClient, table: string, expected: Readonly<Record<string, number>>): Promise<Taken> {
  const start = performance.now();
  const fileId = await uploadTable(owner, table);
  const uploaded = performance.now();
  const id = await beginImport(owner, fileId);
  const result = await ended(owner, id);
  const done = performance.now();
  const whole = { created: 0, updated: 0, rejectedCount: 0, rejected: [], ...expected };
  if (JSON.stringify(result) !== JSON.stringify(whole)) throw new Error(`The import gave ${JSON.stringify(result)}.`);
  return { uploadSeconds: (uploaded - start) / 1_000, seconds: (done - uploaded) / 1_000 };
}

/** Looks as often as a page does that is open. */
async function ended(owner: TestClient, id: string) {
  for (let looks = 0; looks < patienceSeconds * 4; looks += 1) {
    const seen = await seenImport(owner, id);
    if (seen?.status === 'DONE') return seen.result;
    if (seen?.status === 'FAILED') throw new Error(`The import ended with ${String(seen.stopped)}.`);
    await sleep(250);
  }
  throw new Error('The import did not end.');
}

/** How many people have no lead, and how many leads, contacts and beginnings there are too many. */
async function wrong(admin: pg.Client, people: number): Promise<number> {
  const { rows } = await admin.query<{ leads: number; emails: number; contacts: number; begun: number }>(
    `select count(*)::int as leads, count(distinct email)::int as emails,
            (select count(*)::int from contacts where workspace_id = $1) as contacts,
            (select count(*)::int from lead_activities where workspace_id = $1 and kind = 'CAPTURED') as begun
       from leads where workspace_id = $1`,
    [loadedWorkspaceId(0)],
  );
  return Object.values(rows[0] ?? {}).reduce((sum, count) => sum + Math.abs(count - people), 0);
}

function told({ seconds, uploadSeconds }: Taken, rows: number): string {
  return `${(rows / seconds).toFixed(0)} rows/s, ${seconds.toFixed(1)} s after ${uploadSeconds.toFixed(1)} s of upload`;
}

function total(taken: readonly Taken[]): number {
  return taken.reduce((sum, { seconds }) => sum + seconds, 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
