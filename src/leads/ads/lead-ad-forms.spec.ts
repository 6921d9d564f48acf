import { LeadAdsStory, filled } from '../../../test/stories/lead-ads-story.js';
import { eventually } from '../../../test/support/client.js';
import { GraphError } from '../../../test/support/graph-rules.js';
import { metaId } from '../../../test/stories/meta-story.js';

let story: LeadAdsStory;
beforeAll(async () => {
  story = await LeadAdsStory.start();
}, 60_000);
afterAll(() => story.stop());

describe('the forms that a workspace chose', () => {
  it('are the only ones whose leads are fetched and kept [promise 4]', async () => {
    const [wanted, other] = [metaId('34'), metaId('34')];
    const forms = [
      { id: wanted, leads: [] },
      { id: other, leads: [filled(other, [{ name: 'email', values: ['unwanted@example.com'] }], 1)] },
    ];
    const { pageId, channelId } = await story.page(forms, { leadAds: false });
    const set = (formIds: string[]) =>
      story.meta.client.ask(
        'mutation ($id: ID!, $formIds: [ID!]!) { setLeadForms(channelId: $id, formIds: $formIds) { id } }',
        {
          id: channelId,
          formIds,
        },
      );
    await set([wanted]);
    const { leadForms } = await story.meta.client.ask<{ leadForms: unknown }>(
      'query ($id: ID!) { leadForms(channelId: $id) { id selected } }',
      { id: channelId },
    );
    expect(leadForms).toEqual([
      { id: wanted, selected: true },
      { id: other, selected: false },
    ]);
    await expect(set(['nothing-of-ours'])).rejects.toThrow('no form of this channel');
    await story.pullAgain(channelId);
    const unwanted = filled(other);
    const lead = filled(wanted);
    for (const one of [unwanted, lead]) story.meta.graph.edges.set(one.id, () => one);
    await story.tell(pageId, unwanted.id, other);
    await story.tell(pageId, lead.id, wanted);
    await story.leadOf(channelId, lead.id);
    await eventually(() => Promise.resolve(story.asked(`${wanted}/leads`) > 0 ? true : null));
    expect((await story.stored(channelId)).map((one) => one.external_id)).toEqual([lead.id]);
    expect([story.asked(unwanted.id), story.asked(`${other}/leads`)]).toEqual([0, 0]);
  });
});

describe('lead ads of a channel', () => {
  it('are subscribed to and unsubscribed from at the platform, and what is told while they are off is not fetched', async () => {
    const formId = metaId('34');
    const { pageId, channelId } = await story.page([{ id: formId, leads: [] }], { leadAds: false });
    expect(story.meta.graph.subscriptions.get(pageId)).not.toContain('leadgen');
    const set = (enabled: boolean) =>
      story.meta.client.ask<{ setLeadAds: { leadAds: boolean } }>(
        'mutation ($id: ID!, $enabled: Boolean!) { setLeadAds(channelId: $id, enabled: $enabled) { leadAds } }',
        { id: channelId, enabled },
      );
    expect(await set(true)).toEqual({ setLeadAds: { leadAds: true } });
    expect(story.meta.graph.subscriptions.get(pageId)).toEqual(expect.arrayContaining(['messages', 'leadgen']));
    expect(await set(false)).toEqual({ setLeadAds: { leadAds: false } });
    expect(story.meta.graph.subscriptions.get(pageId)).toContain('messages');
    expect(story.meta.graph.subscriptions.get(pageId)).not.toContain('leadgen');
    const lead = filled(formId);
    story.meta.graph.edges.set(lead.id, () => lead);
    await story.tell(pageId, lead.id, formId);
    await story.meta.app.drainDeliveries();
    expect(story.asked(lead.id)).toBe(0);
    story.meta.graph.down = true;
    try {
      expect(
        await story.meta.client.refusal('mutation ($id: ID!) { setLeadAds(channelId: $id, enabled: true) { id } }', {
          id: channelId,
        }),
      ).toBe('PLATFORM_REFUSED');
    } finally {
      story.meta.graph.down = false;
    }
    const { channel } = await story.meta.client.ask<{ channel: unknown }>(
      'query ($id: ID!) { channel(id: $id) { leadAds } }',
      {
        id: channelId,
      },
    );
    expect(channel).toEqual({ leadAds: false });
  });

  it('are read through for what no call told of: all of ninety days, page by page, and each once', async () => {
    const formId = metaId('34');
    const leads = [0, 1, 2, 30, 80].map((days) => filled(formId, undefined, days));
    const old = filled(formId, undefined, 95);
    const form = { id: formId, leads: [...leads, old] };
    const { pageId, channelId } = await story.page([form]);
    const [first] = leads;
    await story.tell(pageId, first?.id ?? '', formId);
    await eventually(async () => ((await story.stored(channelId)).length === leads.length ? true : null));
    const ids = leads.map(({ id }) => id).sort();
    expect((await story.stored(channelId)).map((lead) => lead.external_id).sort()).toEqual(ids);
    // A call is lost, and the next look finds what it told of.
    const missed = filled(formId);
    form.leads.push(missed);
    await story.pullAgain(channelId);
    await story.leadOf(channelId, missed.id);
    expect((await story.stored(channelId)).map((lead) => lead.external_id).sort()).toEqual([...ids, missed.id].sort());
  });

  it('are looked through again from where the last whole look began, when one broke off in the middle', async () => {
    const formId = metaId('34');
    const form = { id: formId, leads: [1, 2, 3, 4, 5].map((days) => filled(formId, undefined, days)) };
    const { channelId } = await story.page([form], { leadAds: false });
    const whole = story.meta.graph.edges.get(`${formId}/leads`);
    story.meta.graph.edges.set(`${formId}/leads`, (url) => {
      if (url.searchParams.get('after') === '2') throw new GraphError(2, null, 500);
      return whole?.(url);
    });
    await story.pullAgain(channelId);
    await eventually(async () => ((await story.stored(channelId)).length === 2 ? true : null));
    const until = async () =>
      (
        await story.meta.sql.query('select from lead_forms where channel_id = $1 and pulled_until is not null', [
          channelId,
        ])
      ).rows;
    expect(await until()).toHaveLength(0);
    if (whole !== undefined) story.meta.graph.edges.set(`${formId}/leads`, whole);
    await story.pullAgain(channelId);
    await eventually(async () =>
      (await story.stored(channelId)).length === 5 && (await until()).length === 1 ? true : null,
    );
  });
});
