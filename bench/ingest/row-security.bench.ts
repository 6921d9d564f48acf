import type pg from 'pg';
import { BatchedCeiling } from '../ceiling/batched.js';
import type { Bench } from '../report/bench.js';

const rounds = 3;

/**
 * What row security costs ingest: the same batches as the same role on two databases, one of them with row security off.
 * The server itself refuses every role that is not bound by it, so the statements of the ceiling stand in.
 */
export default {
  name: 'row-security',
  goals: ['7'],
  run: async (context) => {
    const { quick, log, machine } = context;
    const on = await BatchedCeiling.alone(context);
    const off = await BatchedCeiling.alone(context, withoutRowSecurity);
    for (const ceiling of [on, off]) await ceiling.run(2_000);
    const messages = quick ? 5_000 : 15_000;
    const rates = { on: [] as number[], off: [] as number[] };
    const times = { on: [] as number[], off: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      for (const [side, ceiling] of [['on', on] as const, ['off', off] as const]) {
        const before = machine.postgresTime();
        rates[side].push(await ceiling.run(messages));
        times[side].push((machine.postgresTime() - before) / messages);
      }
      log(`with ${rates.on.at(-1)?.toFixed(0) ?? ''}/s, without ${rates.off.at(-1)?.toFixed(0) ?? ''}/s`);
    }
    const [withIt, without] = [Math.max(...rates.on), Math.max(...rates.off)];
    return {
      measured: [{ goal: '7', value: withIt / without, note: `${withIt.toFixed(0)}/s ÷ ${without.toFixed(0)}/s` }],
      information: [
        {
          what: 'processor time without row security ÷ with',
          value: Math.min(...times.off) / Math.min(...times.on),
          unit: '×',
        },
      ],
    };
  },
} satisfies Bench;

/** Takes the policies of every table out of force. */
function withoutRowSecurity(admin: pg.Client): Promise<unknown> {
  return admin.query(`do $$ declare t regclass; begin
    for t in select oid::regclass from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace loop
      execute format('alter table %s disable row level security', t);
    end loop; end $$`);
}
