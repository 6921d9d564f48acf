import { BadWebhooks } from './bad-webhooks.js';
import { oddNumbers, oddTexts } from './bad-values.js';
import type { BadDelivery } from './mutate-delivery.js';
import { Members, Raw } from './raw-json.js';
import { asNew } from './real-deliveries.js';
import { isReason, sendMutations } from './webhook-bodies.js';
import { costly, largeWhatsAppBatch, pageDelivery, pageItem, storedMessage } from './webhook-edges.js';

describe('signed webhooks at the edge of what can be kept', () => {
  let bad: BadWebhooks;
  beforeAll(async () => {
    bad = await BadWebhooks.start();
  }, 60_000);
  afterAll(() => bad.stop());

  const asideNow = async () => [...(await bad.reasons()).values()].reduce((sum, n) => sum + n, 0);
  const deliver = async (...items: unknown[]) => {
    expect(await bad.post(pageDelivery(items))).toBe(200);
    await bad.settled();
  };

  it('change nothing when all of them come again, days later and in another order (case W3)', async () => {
    const again: BadDelivery[] = bad.real.map((real, index) => ({
      what: `${real.channel} ${real.kind}`,
      body: Buffer.from(JSON.stringify(asNew(real, index))),
    }));
    // Those that platforms give no id, at a time that lies ahead of us.
    const ahead = Date.now() + 30 * 86_400_000;
    for (const part of [
      { postback: { title: 'Start', payload: 'GO' } },
      { referral: { ref: 'x', source: 'SHORTLINK' } },
    ])
      again.push({
        what: Object.keys(part).join(),
        body: pageDelivery([{ sender: { id: '7100000000000001' }, recipient: { id: '1' }, timestamp: ahead, ...part }]),
      });
    expect(await bad.postAll(again)).toEqual([]);
    await bad.settled();
    const before = await bad.state();
    expect(JSON.stringify(before).length).toBeGreaterThan(10_000);
    // Nothing remembers a delivery: what is in it is known by what is stored, however long ago.
    for (const one of again.toReversed()) {
      await bad.postAll([one]);
      await bad.settled();
    }
    expect(await bad.state()).toEqual(before);
  });

  it.each(Object.entries(costly))('ends %s (case B4)', async (_what, { body, aside }) => {
    const before = await asideNow();
    // Whoever is still writing when 413 is said may find the connection cut before reading it.
    expect(aside === '413' ? [413, 0] : [200]).toContain(await bad.post(body()));
    await bad.settled();
    expect((await asideNow()) - before).toBe(aside === '413' ? 0 : aside);
    expect(await bad.isUp()).toBe(true);
  });

  it('takes the largest batch that a platform sends', async () => {
    expect(await bad.post(largeWhatsAppBatch(1_000))).toBe(200);
    await bad.settled();
    const { rows } = await bad.owner.query(`select from messages where external_id like 'wamid.large-%'`);
    expect(rows).toHaveLength(1_000);
  });

  it('keeps ids that no JavaScript number holds, digit by digit (case B3)', async () => {
    const sender = '90071992547409931234';
    await deliver(pageItem('m_big', 'x', { sender: { id: new Raw(sender) } }));
    await deliver(pageItem(new Raw('18446744073709551617'), 'y', { sender: { id: new Raw('9007199254740993') } }));
    expect(await storedMessage(bad, 'm_big')).toMatchObject({ sender, text: 'x' });
    expect(await storedMessage(bad, '18446744073709551617')).toMatchObject({ sender: '9007199254740993' });
  });

  it('stores no time that lies ahead, or before there was a platform (case B3)', async () => {
    for (const [index, timestamp] of oddNumbers.entries())
      await bad.post(pageDelivery([pageItem(`m_time-${String(index)}`, 'x', { timestamp })]));
    await bad.settled();
    const { rows } = await bad.owner.query<{ wrong: number; all: number }>(
      `select count(*)::int as all, count(*) filter (where sent_at < '1970-01-01' or sent_at > now())::int as wrong
         from messages where external_id like 'm_time-%'`,
    );
    expect(rows[0]?.wrong).toBe(0);
    expect(rows[0]?.all).toBeGreaterThan(20);
  });

  it.each(Object.entries(oddTexts))(
    'stores text as it was written, but for what cannot be kept: %s (cases B1, B2, B6)',
    async (name, text) => {
      const mid = `m_text-${name}`;
      await deliver(pageItem(mid, text));
      const clean = text.slice(0, 100_000).replaceAll('\u0000', '').toWellFormed();
      expect((await storedMessage(bad, mid))?.text).toBe(clean === '' ? null : clean);
    },
  );

  it('takes an id that fits an index, and sets one aside that does not (case B7)', async () => {
    const before = await asideNow();
    const fits = '\u20ac'.repeat(512);
    await deliver(pageItem(fits, 'x', { sender: { id: `7${'\u20ac'.repeat(500)}` } }));
    expect(await storedMessage(bad, fits)).not.toBeNull();
    for (const long of ['k'.repeat(513), 'k'.repeat(2_705), '\u20ac'.repeat(3_000), 'a\u0000b', '\ud800'])
      await deliver(pageItem(long, 'x'), pageItem(`m_beside-${String(long.length)}`, 'x'));
    expect((await asideNow()) - before).toBe(5);
    // Its neighbours in the same delivery went on.
    expect(await storedMessage(bad, 'm_beside-2705')).not.toBeNull();
  });

  it('believes the last of a key that comes twice, and nothing that a prototype says (case B4)', async () => {
    const twice = new Members([
      ...Object.entries(pageItem('m_twice-1', 'first')),
      ['message', { mid: 'm_twice-2', text: 'second' }],
    ]);
    await deliver(twice);
    expect(await storedMessage(bad, 'm_twice-1')).toBeNull();
    expect(await storedMessage(bad, 'm_twice-2')).toMatchObject({ text: 'second' });
    expect(await storedMessage(bad, 'm_proto')).toBeNull();
  });

  it('ends whatever else is made of real ones: stored clean, passed over, or set aside with its reason (cases B1 to B7)', async () => {
    const tally = await sendMutations(bad, 350);
    expect(tally.refused).toEqual([]);
    expect(tally.malformed).toEqual([]);
    expect(tally.isUp).toBe(true);
    expect([...tally.reasons.keys()].filter((reason) => !isReason(reason))).toEqual([]);
    // A corpus of which nothing is stored, or nothing refused, would prove little.
    expect(tally.outcomes['applied']).toBeGreaterThan(50);
    expect(tally.outcomes['rejected']).toBeGreaterThan(10);
  }, 120_000);

  it('keeps a line break of an id or a name out of every header (case B7)', async () => {
    await deliver(pageItem('m_crlf\r\nx-evil: 1', 'x\r\ny', { sender: { id: '71\r\nx: y' } }));
    const { malformed } = await bad.readBack();
    expect(malformed).toEqual([]);
    expect(await bad.isUp()).toBe(true);
  });
});
