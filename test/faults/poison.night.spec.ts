import { setTimeout as sleep } from 'node:timers/promises';
import { drained, setAside } from './harness/deliveries-ledger.js';
import { MetaSender } from './harness/meta-sender.js';
import { connectedOwner } from './harness/run-deliveries.js';
import { ownSite } from './harness/own-site.js';
import { envelope, page, textItem } from './harness/traffic.js';

const preload = new URL('./harness/poison.mjs', import.meta.url).pathname;
const total = 3_000;
const every = 1_000;

/** A delivery in a thousand that always throws, ends the process, or never ends. */
describe('F13: poison among deliveries', () => {
  const site = ownSite({ preload: { worker: preload } }, async (started) => {
    await connectedOwner(started.api.url);
    // A failure of the moment, which for these never passes.
    await started.ask(`create function poison() returns trigger language plpgsql as $$ begin
        if new.text like '%POISON-THROW%' then raise exception 'poison' using errcode = '55000'; end if; return new; end $$`);
    await started.ask(`create trigger poison before insert on messages for each row execute function poison()`);
  });

  it.each([
    ['one that throws', 'POISON-THROW'],
    ['one that ends the process', 'POISON-EXIT'],
    ['one that never ends', 'POISON-HANG'],
  ])(
    '%s is set aside after its fifth try and the others go through',
    async (name, marker) => {
      const before = [...(await setAside(site())).values()].reduce((sum, count) => sum + count, 0);
      let over = false;
      // A service manager starts what ended again.
      const keeping = (async () => {
        while (!over) {
          await sleep(200);
          if (site().worker.ended) await site().worker.start();
        }
      })();
      const sender = new MetaSender(() => site().api.url, 16);
      const calls = Array.from({ length: total }, (_entry, index) => {
        const text = index % every === every / 2 ? marker : 'hello';
        // The name is no marker: only the poison itself may carry one.
        const id = `m_${name}-${String(index)}`;
        return { key: id, body: envelope(page, [textItem(page, index % 20, id, text, Date.now())]) };
      });
      await sender.deliverAll(calls, 16);
      sender.close();
      // What failed waits longer each time; the test does not.
      const hurrying = setInterval(() => {
        void site().ask(
          'update deliveries set available_at = now() where attempts > 0 and set_aside_at is null and available_at > now()',
        );
      }, 1_000);
      await drained(site(), 150_000);
      clearInterval(hurrying);
      over = true;
      await keeping;
      const [row] = await site().ask<{ stored: number }>(
        'select count(*)::int as stored from messages where external_id like $1',
        [`m_${name}-%`],
      );
      expect(row?.stored).toBe(total - total / every);
      const after = [...(await setAside(site())).values()].reduce((sum, count) => sum + count, 0);
      expect(after - before).toBe(total / every);
      const tries = await site().ask<{ attempts: number }>(
        'select attempts from deliveries where set_aside_at is not null order by set_aside_at desc limit $1',
        [total / every],
      );
      for (const { attempts } of tries) expect(attempts).toBeGreaterThanOrEqual(5);
    },
    1_200_000,
  );
});
