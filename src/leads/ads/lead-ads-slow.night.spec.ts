import { LeadAdsStory, filled } from '../../../test/stories/lead-ads-story.js';
import { metaId } from '../../../test/stories/meta-story.js';
import { eventually } from '../../../test/support/client.js';

let story: LeadAdsStory;
beforeAll(async () => {
  story = await LeadAdsStory.start();
}, 60_000);
afterAll(() => story.stop());

/** The product waits so long for an answer of a platform. */
const patienceSeconds = 20;

it('a platform that hangs or drips is let go of in time, asked again, and holds up no other lead', async () => {
  const formId = metaId('34');
  const { pageId, channelId } = await story.page([{ id: formId, leads: [] }]);
  const slow = [filled(formId), filled(formId)];
  const ways = ['hang', 'drip'];
  for (const [index, lead] of slow.entries()) {
    story.meta.graph.edges.set(lead.id, () => ways[index]);
    await story.tell(pageId, lead.id, formId);
  }
  await eventually(() => Promise.resolve(slow.every(({ id }) => story.asked(id) === 1) ? true : null));
  const since = Date.now();
  const others = Array.from({ length: 10 }, () => filled(formId));
  for (const lead of others) await story.fillIn(pageId, lead);
  const ids = others.map(({ id }) => id).sort();
  await eventually(async () => ((await story.stored(channelId)).length === others.length ? true : null));
  expect((await story.stored(channelId)).map((lead) => lead.external_id).sort()).toEqual(ids);
  // Both are still waited for: the others did not come because those had been let go of.
  const { rows: waiting } = await story.meta.sql.query('select from lead_arrivals where channel_id = $1', [channelId]);
  expect(waiting).toHaveLength(2);
  // The clock is the product's own, so this is no measure of the machine.
  await eventually(async () => {
    const { rows } = await story.meta.sql.query<{ reason: string }>(
      'select reason from lead_arrivals where channel_id = $1 and attempts = 1 and set_aside_at is null',
      [channelId],
    );
    return rows.length === 2 ? rows : null;
  }, 60_000);
  expect(Date.now() - since).toBeGreaterThan((patienceSeconds - 5) * 1_000);
  for (const lead of slow) story.meta.graph.edges.set(lead.id, () => lead);
  await eventually(async () => {
    await story.askAgainNow();
    return (await story.stored(channelId)).length === others.length + slow.length ? true : null;
  });
  expect(await story.trouble(channelId)).toEqual([]);
}, 120_000);

it('a look through a form that hangs ends, and another channel is looked through meanwhile', async () => {
  const [slowForm, form] = [metaId('34'), { id: metaId('34'), leads: [filled('34')] }];
  const slow = { id: slowForm, leads: [filled(slowForm)] };
  const { channelId: stuck } = await story.page([slow], { leadAds: false });
  const whole = story.meta.graph.edges.get(`${slowForm}/leads`);
  story.meta.graph.edges.set(`${slowForm}/leads`, () => 'drip');
  await story.pullAgain(stuck);
  await eventually(() => Promise.resolve(story.asked(`${slowForm}/leads`) === 1 ? true : null));
  const { channelId } = await story.page([form]);
  await eventually(async () => ((await story.stored(channelId)).length === 1 ? true : null));
  expect(await story.stored(stuck)).toEqual([]);
  if (whole !== undefined) story.meta.graph.edges.set(`${slowForm}/leads`, whole);
  // It broke off, and is taken up again by itself.
  await eventually(async () => ((await story.stored(stuck)).length === 1 ? true : null), 90_000);
}, 180_000);
