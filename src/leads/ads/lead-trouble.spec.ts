import { LeadAdsStory, filled } from '../../../test/stories/lead-ads-story.js';
import { metaId } from '../../../test/stories/meta-story.js';
import { eventually } from '../../../test/support/client.js';
import { GraphError } from '../../../test/support/graph-rules.js';
import { Channels } from '../../channels/index.js';
import { Workspaces } from '../../platform/database/index.js';

let story: LeadAdsStory;
beforeAll(async () => {
  story = await LeadAdsStory.start();
}, 60_000);
afterAll(() => story.stop());

const retry = 'mutation ($id: ID!) { retryLeads(channelId: $id) { leadTrouble { cause } } }';
const troubleOf = (channelId: string, cause: string) =>
  eventually(async () => (await story.trouble(channelId)).find((one) => one.cause === cause) ?? null);

describe('a filled form of an advert', () => {
  it('is asked for again while the platform fails, and no word of that is lost', async () => {
    const formId = metaId('34');
    const lead = filled(formId);
    const { pageId, channelId } = await story.page([{ id: formId, leads: [] }]);
    let fails = 2;
    story.meta.graph.edges.set(lead.id, () => {
      fails -= 1;
      if (fails === 1) throw new GraphError(80005, null, 400);
      if (fails === 0) throw new GraphError(2, null, 500);
      return lead;
    });
    await story.tell(pageId, lead.id, formId);
    await eventually(async () => {
      await story.askAgainNow();
      return (await story.stored(channelId)).length === 1 ? true : null;
    });
    expect((await story.stored(channelId))[0]).toMatchObject({ external_id: lead.id });
    const { rows } = await story.meta.sql.query('select from lead_arrivals where channel_id = $1', [channelId]);
    expect(rows).toHaveLength(0);
  });

  it('that the platform does not have is set aside, shown with the reason, and asked for again when a member says so', async () => {
    const formId = metaId('34');
    const { pageId, channelId } = await story.page([{ id: formId, leads: [] }]);
    const gone = filled(formId);
    await story.tell(pageId, gone.id, formId);
    expect(await troubleOf(channelId, 'GONE')).toEqual({
      cause: 'GONE',
      forms: 1,
      reason: 'The platform does not have this filled form, or not any more.',
    });
    await story.tell(pageId, gone.id, formId);
    await story.meta.app.drainDeliveries();
    expect(story.asked(gone.id)).toBe(1);
    story.meta.graph.edges.set(gone.id, () => gone);
    expect(await story.meta.client.ask(retry, { id: channelId })).toEqual({ retryLeads: { leadTrouble: [] } });
    expect(await story.leadOf(channelId, gone.id)).toMatchObject({ source: 'LEAD_AD' });
    expect(await story.trouble(channelId)).toEqual([]);
  });

  it('that the platform did not give for days is set aside as well', async () => {
    const formId = metaId('34');
    const { pageId, channelId } = await story.page([{ id: formId, leads: [] }]);
    const lead = filled(formId);
    story.meta.graph.edges.set(lead.id, () => {
      throw new GraphError(2, null, 500);
    });
    await story.tell(pageId, lead.id, formId);
    await eventually(() => Promise.resolve(story.asked(lead.id) === 1 ? true : null));
    await eventually(async () => {
      const { rowCount } = await story.meta.sql.query(
        'update lead_arrivals set attempts = 39 where channel_id = $1 and attempts = 1',
        [channelId],
      );
      return rowCount === 1 ? true : null;
    });
    await eventually(async () => {
      await story.askAgainNow();
      return (await story.trouble(channelId)).some(({ cause }) => cause === 'UNREACHABLE') ? true : null;
    });
    expect(await story.stored(channelId)).toEqual([]);
  });

  it('of a channel whose access has ended comes in once it is connected again', async () => {
    const formId = metaId('34');
    const form = { id: formId, leads: [filled(formId), filled(formId)] };
    const { pageId, pageAccessToken, channelId } = await story.page([form]);
    const known = form.leads.map(({ id }) => String(id)).sort();
    await eventually(async () => ((await story.stored(channelId)).length === 2 ? true : null));
    const token = story.meta.graph.tokens.get(pageAccessToken);
    if (token !== undefined) token.dead = { code: 190, subcode: 463 };
    const [first, second] = [filled(formId), filled(formId)];
    await story.fillIn(pageId, first);
    expect(await troubleOf(channelId, 'REFUSED')).toMatchObject({ forms: 1 });
    const { channel } = await story.meta.client.ask<{ channel: { status: string } }>(
      'query ($id: ID!) { channel(id: $id) { status } }',
      { id: channelId },
    );
    expect(channel.status).toBe('EXPIRED');
    await story.fillIn(pageId, second);
    expect(await troubleOf(channelId, 'NO_ACCESS')).toMatchObject({ forms: 1 });
    expect(story.asked(second.id)).toBe(0);
    expect(await story.meta.client.refusal(retry, { id: channelId })).toBe('CHANNEL_EXPIRED');
    form.leads.push(first, second);
    const again = story.meta.graph.token(`EAAP${metaId('1')}`, [pageId]);
    await story.meta.connect('messenger', { pageId, pageAccessToken: again, leadAds: true });
    const all = [...known, first.id, second.id].sort();
    await eventually(async () => ((await story.stored(channelId)).length === 4 ? true : null));
    expect((await story.stored(channelId)).map((lead) => lead.external_id).sort()).toEqual(all);
    expect(await story.trouble(channelId)).toEqual([]);
  });

  it('of a channel that is frozen is asked for once it is thawed, and not before', async () => {
    const formId = metaId('34');
    const form = { id: formId, leads: [] as Record<string, unknown>[] };
    const { pageId, channelId } = await story.page([form]);
    const lead = filled(formId);
    let fails = 1;
    story.meta.graph.edges.set(lead.id, () => {
      fails -= 1;
      if (fails === 0) throw new GraphError(2, null, 500);
      return lead;
    });
    await story.tell(pageId, lead.id, formId);
    await eventually(() => Promise.resolve(story.asked(lead.id) === 1 ? true : null));
    const { app, client } = story.meta;
    const freeze = (frozen: boolean) =>
      app.app
        .get(Workspaces)
        .run(client.workspaceId ?? '', (tx) => app.app.get(Channels).setFrozen(tx, channelId, frozen));
    await freeze(true);
    // The look that it is put off for ends with a time hours from now.
    await eventually(async () => {
      await story.askAgainNow();
      const { rows } = await story.meta.sql.query(
        `select from due where kind = 'fetch-lead' and leased_until is null and due_at > now() + interval '1 hour'
            and row_id in (select id from lead_arrivals where channel_id = $1)`,
        [channelId],
      );
      return rows.length === 1 ? true : null;
    });
    expect(story.asked(lead.id)).toBe(1);
    // What is told meanwhile waits as well.
    const untold = filled(formId);
    await story.fillIn(pageId, untold);
    form.leads.push(lead, untold);
    expect(story.asked(untold.id)).toBe(0);
    await freeze(false);
    await story.askAgainNow();
    await story.leadOf(channelId, lead.id);
    await story.pullAgain(channelId);
    await story.leadOf(channelId, untold.id);
    expect(await story.stored(channelId)).toHaveLength(2);
  });
});

describe('leads that did not come in', () => {
  it('are asked for again by whoever may manage channels, of a channel that takes leads', async () => {
    const formId = metaId('34');
    const { channelId } = await story.page([{ id: formId, leads: [] }], { leadAds: false });
    expect(await story.meta.client.refusal(retry, { id: channelId })).toBe('BAD_USER_INPUT');
    expect(await story.meta.client.refusal(retry, { id: 'nothing' })).toBe('NOT_FOUND');
  });
});
