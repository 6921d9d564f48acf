import { GraphError } from '../../../test/support/graph-rules.js';
import { eventually } from '../../../test/support/client.js';
import { Hints } from '../../platform/outbox/index.js';
import { MetaStory, metaId, pageEvent } from '../../../test/stories/meta-story.js';

let story: MetaStory;
beforeAll(async () => {
  story = await MetaStory.start();
}, 60_000);
afterAll(() => story.stop());

interface Form {
  readonly id: string;
  readonly leads: Record<string, unknown>[];
}

/** A Page whose adverts have forms, as Graph plays it. */
async function page(forms: readonly Form[], more: Record<string, unknown> = { leadAds: true }) {
  const input = { ...story.newPage(), ...more };
  const { pageId } = input;
  story.graph.edges.set(`${pageId}/leadgen_forms`, () => ({
    data: forms.map(({ id }) => ({ id, name: `Form ${id.slice(-4)}` })),
  }));
  for (const form of forms) {
    // Two a page, the newest first, with the filter as it is documented.
    story.graph.edges.set(`${form.id}/leads`, (url) => {
      const [filter] = JSON.parse(url.searchParams.get('filtering') ?? '[]') as { field: string; value: number }[];
      if (filter?.field !== 'time_created') throw new GraphError(100);
      const found = form.leads
        .filter((lead) => Date.parse(String(lead['created_time'])) / 1_000 > filter.value)
        .sort((one, other) => (String(one['created_time']) < String(other['created_time']) ? 1 : -1));
      const from = Number(url.searchParams.get('after') ?? 0);
      const next = from + 2 < found.length ? { next: 'https://graph.example/next' } : {};
      return { data: found.slice(from, from + 2), paging: { cursors: { after: String(from + 2) }, ...next } };
    });
    for (const lead of form.leads) story.graph.edges.set(String(lead['id']), () => lead);
  }
  const { id: channelId } = await story.connect('messenger', input);
  return { pageId, channelId };
}

const answers = (email: string) => [{ name: 'email', values: [email] }];
function filled(formId: string, fields: unknown = answers(`${metaId('5')}@example.com`), daysAgo = 0) {
  const at = new Date(Date.now() - daysAgo * 86_400_000 - 5_000).toISOString().replace(/\.\d+Z$/, '+0000');
  return { id: metaId('12'), created_time: at, form_id: formId, field_data: fields };
}

/** The platform tells that a form was filled in. */
const tell = (pageId: string, leadgenId: string, formId: string) =>
  story.deliver(
    pageEvent(
      'page',
      pageId,
      [
        {
          field: 'leadgen',
          value: { leadgen_id: leadgenId, page_id: pageId, form_id: formId, created_time: 1_790_000_000 },
        },
      ],
      'changes',
    ),
  );

interface Stored {
  readonly external_id: string;
  readonly [column: string]: unknown;
}
async function stored(channelId: string): Promise<Stored[]> {
  const { rows } = await story.sql.query<Stored>('select * from leads where channel_id = $1 order by created_at, id', [
    channelId,
  ]);
  return rows;
}
const leadOf = (channelId: string, id: string) =>
  eventually(async () => (await stored(channelId)).find((lead) => lead.external_id === id) ?? null);
/** As after a restart: what is due is hinted anew. */
async function pullAgain(channelId: string): Promise<void> {
  await story.client.ask('mutation ($id: ID!) { setLeadAds(channelId: $id, enabled: true) { leadAds } }', {
    id: channelId,
  });
}
const asked = (id: string) => story.graph.calls.filter((call) => call.path === id).length;

describe('a filled form of an advert', () => {
  it('becomes a lead with its contact, its questions in its own words and its consents [promise 4]', async () => {
    const formId = metaId('34');
    const lead = {
      ...filled(formId, [
        { name: 'full_name', values: ['Ayşe K'] },
        { name: 'email', values: ['Ayse@Example.com'] },
        { name: 'phone_number', values: ['+90 555 000 00 99'] },
        { name: 'company_name', values: ['Acme'] },
        { name: 'hangi_ürünü_istersiniz?', values: ['A', 'B'] },
        { name: 'When?', values: ['Soon'] },
        { name: 'When?', values: ['Later'] },
        { name: 'empty', values: [] },
        { name: 42, values: 'odd' },
      ]),
      ad_id: '6000000000001',
      campaign_id: 6000000000003,
      custom_disclaimer_responses: [
        { checkbox_key: 'news', is_checked: '1' },
        { checkbox_key: 'partners', is_checked: '' },
        'odd',
      ],
    };
    const { pageId, channelId } = await page([{ id: formId, leads: [] }]);
    story.graph.edges.set(lead.id, () => lead);
    await tell(pageId, lead.id, formId);
    expect(await leadOf(channelId, lead.id)).toMatchObject({
      source: 'LEAD_AD',
      name: 'Ayşe K',
      email: 'ayse@example.com',
      phone: '+905550000099',
      company: 'Acme',
      form_id: formId,
      ad_id: '6000000000001',
      campaign_id: '6000000000003',
      fields: { 'hangi_ürünü_istersiniz?': ['A', 'B'], 'When?': 'Soon', 'When? (2)': 'Later' },
      consents: [
        { text: 'news', given: true },
        { text: 'partners', given: false },
      ],
      test: false,
    });
  });

  it('is one lead however often it is told, and marked where somebody tried the form', async () => {
    const formId = metaId('34');
    const lead = filled(formId, [{ name: 'email', values: ['<test lead: dummy data for email>'] }]);
    const { pageId, channelId } = await page([{ id: formId, leads: [] }]);
    story.graph.edges.set(lead.id, () => lead);
    await Promise.all([tell(pageId, lead.id, formId), tell(pageId, lead.id, formId)]);
    expect(await leadOf(channelId, lead.id)).toMatchObject({ test: true, email: null });
    await tell(pageId, lead.id, formId);
    await story.app.drainDeliveries();
    expect(await stored(channelId)).toHaveLength(1);
  });

  it('is asked for again while the platform fails, and no word of that is lost', async () => {
    const formId = metaId('34');
    const lead = filled(formId);
    const { pageId, channelId } = await page([{ id: formId, leads: [] }]);
    let fails = 2;
    story.graph.edges.set(lead.id, () => {
      fails -= 1;
      if (fails === 1) throw new GraphError(80005, null, 400);
      if (fails === 0) throw new GraphError(2, null, 500);
      return lead;
    });
    await tell(pageId, lead.id, formId);
    const hints = story.app.app.get(Hints);
    await eventually(async () => {
      // Nobody waits for the time at which it would be tried again.
      const { rows } = await story.sql.query<{ workspace_id: string; row_id: string }>(
        `update due set due_at = now() where kind = 'fetch-lead' and due_at > now() and leased_until is null returning workspace_id, row_id`,
      );
      for (const row of rows) hints.give('fetch-lead', row.workspace_id, row.row_id);
      return (await stored(channelId)).length === 1 ? true : null;
    });
    expect((await stored(channelId))[0]).toMatchObject({ external_id: lead.id });
    const { rows } = await story.sql.query('select from lead_arrivals where channel_id = $1', [channelId]);
    expect(rows).toHaveLength(0);
  });

  it('that the platform does not have is set aside with the reason, and not asked for again', async () => {
    const formId = metaId('34');
    const { pageId, channelId } = await page([{ id: formId, leads: [] }]);
    const gone = metaId('12');
    await tell(pageId, gone, formId);
    const aside = await eventually(async () => {
      const { rows } = await story.sql.query<{ reason: string }>(
        'select reason from lead_arrivals where channel_id = $1 and set_aside_at is not null',
        [channelId],
      );
      return rows[0] ?? null;
    });
    expect(aside.reason).toBe('The platform does not have this filled form, or not any more.');
    await tell(pageId, gone, formId);
    await story.app.drainDeliveries();
    expect(asked(gone)).toBe(1);
  });

  it('of somebody who was erased does not come back, and is not even asked for', async () => {
    const formId = metaId('34');
    const lead = filled(formId);
    const form = { id: formId, leads: [lead] };
    const { pageId, channelId } = await page([form]);
    const { contact_id: contactId } = await leadOf(channelId, lead.id);
    await story.client.ask('mutation ($id: ID!) { eraseContact(contactId: $id) { id } }', { id: contactId });
    const before = asked(lead.id);
    await tell(pageId, lead.id, formId);
    await story.app.drainDeliveries();
    await story.sql.query(`update lead_forms set pulled_until = null where channel_id = $1`, [channelId]);
    const looks = asked(`${formId}/leads`);
    await pullAgain(channelId);
    await eventually(() => Promise.resolve(asked(`${formId}/leads`) > looks ? true : null));
    const marker = filled(formId);
    story.graph.edges.set(marker.id, () => marker);
    await tell(pageId, marker.id, formId);
    await leadOf(channelId, marker.id);
    expect((await stored(channelId)).map((one) => one.external_id)).toEqual([marker.id]);
    expect(asked(lead.id)).toBe(before);
  });
});

describe('the forms that a workspace chose', () => {
  it('are the only ones whose leads are fetched and kept [promise 4]', async () => {
    const [wanted, other] = [metaId('34'), metaId('34')];
    const forms = [
      { id: wanted, leads: [] },
      { id: other, leads: [filled(other, answers('unwanted@example.com'), 1)] },
    ];
    const { pageId, channelId } = await page(forms, { leadAds: false });
    const set = (formIds: string[]) =>
      story.client.ask(
        'mutation ($id: ID!, $formIds: [ID!]!) { setLeadForms(channelId: $id, formIds: $formIds) { id } }',
        {
          id: channelId,
          formIds,
        },
      );
    await set([wanted]);
    const { leadForms } = await story.client.ask<{ leadForms: unknown }>(
      'query ($id: ID!) { leadForms(channelId: $id) { id selected } }',
      { id: channelId },
    );
    expect(leadForms).toEqual([
      { id: wanted, selected: true },
      { id: other, selected: false },
    ]);
    await expect(set(['nothing-of-ours'])).rejects.toThrow('no form of this channel');
    await pullAgain(channelId);
    const unwanted = filled(other);
    const lead = filled(wanted);
    for (const one of [unwanted, lead]) story.graph.edges.set(one.id, () => one);
    await tell(pageId, unwanted.id, other);
    await tell(pageId, lead.id, wanted);
    await leadOf(channelId, lead.id);
    await eventually(() => Promise.resolve(asked(`${wanted}/leads`) > 0 ? true : null));
    expect((await stored(channelId)).map((one) => one.external_id)).toEqual([lead.id]);
    expect([asked(unwanted.id), asked(`${other}/leads`)]).toEqual([0, 0]);
  });
});

describe('lead ads of a channel', () => {
  it('are subscribed to and unsubscribed from at the platform, and what is told while they are off is not fetched', async () => {
    const formId = metaId('34');
    const { pageId, channelId } = await page([{ id: formId, leads: [] }], { leadAds: false });
    expect(story.graph.subscriptions.get(pageId)).not.toContain('leadgen');
    const set = (enabled: boolean) =>
      story.client.ask<{ setLeadAds: { leadAds: boolean } }>(
        'mutation ($id: ID!, $enabled: Boolean!) { setLeadAds(channelId: $id, enabled: $enabled) { leadAds } }',
        { id: channelId, enabled },
      );
    expect(await set(true)).toEqual({ setLeadAds: { leadAds: true } });
    expect(story.graph.subscriptions.get(pageId)).toEqual(expect.arrayContaining(['messages', 'leadgen']));
    expect(await set(false)).toEqual({ setLeadAds: { leadAds: false } });
    expect(story.graph.subscriptions.get(pageId)).toContain('messages');
    expect(story.graph.subscriptions.get(pageId)).not.toContain('leadgen');
    const lead = filled(formId);
    story.graph.edges.set(lead.id, () => lead);
    await tell(pageId, lead.id, formId);
    await story.app.drainDeliveries();
    expect(asked(lead.id)).toBe(0);
    story.graph.down = true;
    try {
      expect(
        await story.client.refusal('mutation ($id: ID!) { setLeadAds(channelId: $id, enabled: true) { id } }', {
          id: channelId,
        }),
      ).toBe('PLATFORM_REFUSED');
    } finally {
      story.graph.down = false;
    }
    const { channel } = await story.client.ask<{ channel: unknown }>(
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
    const { pageId, channelId } = await page([form]);
    const [first] = leads;
    await tell(pageId, first?.id ?? '', formId);
    await eventually(async () => ((await stored(channelId)).length === leads.length ? true : null));
    const ids = leads.map(({ id }) => id).sort();
    expect((await stored(channelId)).map((lead) => lead.external_id).sort()).toEqual(ids);
    // A call is lost, and the next look finds what it told of.
    const missed = filled(formId);
    form.leads.push(missed);
    await pullAgain(channelId);
    await leadOf(channelId, missed.id);
    expect((await stored(channelId)).map((lead) => lead.external_id).sort()).toEqual([...ids, missed.id].sort());
  });

  it('are looked through again from where the last whole look began, when one broke off in the middle', async () => {
    const formId = metaId('34');
    const form = { id: formId, leads: [1, 2, 3, 4, 5].map((days) => filled(formId, undefined, days)) };
    const { channelId } = await page([form], { leadAds: false });
    const whole = story.graph.edges.get(`${formId}/leads`);
    story.graph.edges.set(`${formId}/leads`, (url) => {
      if (url.searchParams.get('after') === '2') throw new GraphError(2, null, 500);
      return whole?.(url);
    });
    await pullAgain(channelId);
    await eventually(async () => ((await stored(channelId)).length === 2 ? true : null));
    const until = async () =>
      (await story.sql.query('select from lead_forms where channel_id = $1 and pulled_until is not null', [channelId]))
        .rows;
    expect(await until()).toHaveLength(0);
    if (whole !== undefined) story.graph.edges.set(`${formId}/leads`, whole);
    await pullAgain(channelId);
    await eventually(async () =>
      (await stored(channelId)).length === 5 && (await until()).length === 1 ? true : null,
    );
  });
});
