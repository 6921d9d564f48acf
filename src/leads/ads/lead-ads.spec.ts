import { LeadAdsStory, filled } from '../../../test/stories/lead-ads-story.js';
import { eventually } from '../../../test/support/client.js';
import { GraphError } from '../../../test/support/graph-rules.js';
import { metaId } from '../../../test/stories/meta-story.js';

let story: LeadAdsStory;
beforeAll(async () => {
  story = await LeadAdsStory.start();
}, 60_000);
afterAll(() => story.stop());

const disclaimer = {
  title: 'Consent',
  checkboxes: [
    { key: 'news', text: 'Acme may send me news by e-mail.', is_required: false },
    { key: 'partners', text: 'Haberdar olmak istiyorum 🎈' },
    { key: '', text: 'nobody’s' },
    'odd',
  ],
};

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
        { checkbox_key: 'untold', is_checked: true },
        'odd',
      ],
    };
    const { pageId, channelId } = await story.page([{ id: formId, leads: [] }]);
    story.meta.graph.edges.set(formId, () => ({ id: formId, legal_content: { custom_disclaimer: disclaimer } }));
    await story.fillIn(pageId, lead);
    expect(await story.leadOf(channelId, lead.id)).toMatchObject({
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
        { text: 'Acme may send me news by e-mail.', given: true },
        { text: 'Haberdar olmak istiyorum 🎈', given: false },
        { text: 'untold', given: true },
      ],
      test: false,
    });
  });

  it('waits for the words of its boxes while the platform does not tell them, and no longer than a while', async () => {
    const formId = metaId('34');
    const { pageId, channelId } = await story.page([{ id: formId, leads: [] }]);
    const ticked = (key: string) => ({
      ...filled(formId),
      custom_disclaimer_responses: [{ checkbox_key: key, is_checked: true }],
    });
    story.meta.graph.edges.set(formId, () => {
      throw new GraphError(2, null, 500);
    });
    const first = ticked('news');
    await story.fillIn(pageId, first);
    await eventually(() => Promise.resolve(story.asked(formId) === 1 ? true : null));
    expect(await story.stored(channelId)).toEqual([]);
    await eventually(async () => {
      await story.askAgainNow();
      return (await story.stored(channelId)).length === 1 ? true : null;
    });
    expect(await story.leadOf(channelId, first.id)).toMatchObject({ consents: [{ text: 'news', given: true }] });
    expect(story.asked(formId)).toBe(3);
    // Once they are told they are used, and not asked for with every lead.
    story.meta.graph.edges.set(formId, () => ({ id: formId, legal_content: { custom_disclaimer: disclaimer } }));
    const others = [ticked('news'), ticked('news')];
    for (const lead of others) {
      await story.fillIn(pageId, lead);
      expect(await story.leadOf(channelId, lead.id)).toMatchObject({
        consents: [{ text: 'Acme may send me news by e-mail.', given: true }],
      });
    }
    expect(story.asked(formId)).toBe(4);
  });

  it('is one lead however often it is told, and marked where somebody tried the form', async () => {
    const formId = metaId('34');
    const lead = filled(formId, [{ name: 'email', values: ['<test lead: dummy data for email>'] }]);
    const { pageId, channelId } = await story.page([{ id: formId, leads: [] }]);
    story.meta.graph.edges.set(lead.id, () => lead);
    await Promise.all([story.tell(pageId, lead.id, formId), story.tell(pageId, lead.id, formId)]);
    expect(await story.leadOf(channelId, lead.id)).toMatchObject({ test: true, email: null });
    await story.tell(pageId, lead.id, formId);
    await story.meta.app.drainDeliveries();
    expect(await story.stored(channelId)).toHaveLength(1);
  });

  it('of somebody who was erased does not come back, and is not even asked for', async () => {
    const formId = metaId('34');
    const lead = filled(formId);
    const form = { id: formId, leads: [lead] };
    const { pageId, channelId } = await story.page([form]);
    const { contact_id: contactId } = await story.leadOf(channelId, lead.id);
    await story.meta.client.ask('mutation ($id: ID!) { eraseContact(contactId: $id) { id } }', { id: contactId });
    const before = story.asked(lead.id);
    await story.tell(pageId, lead.id, formId);
    await story.meta.app.drainDeliveries();
    await story.meta.sql.query(`update lead_forms set pulled_until = null where channel_id = $1`, [channelId]);
    const looks = story.asked(`${formId}/leads`);
    await story.pullAgain(channelId);
    await eventually(() => Promise.resolve(story.asked(`${formId}/leads`) > looks ? true : null));
    const marker = filled(formId);
    story.meta.graph.edges.set(marker.id, () => marker);
    await story.tell(pageId, marker.id, formId);
    await story.leadOf(channelId, marker.id);
    expect((await story.stored(channelId)).map((one) => one.external_id)).toEqual([marker.id]);
    expect(story.asked(lead.id)).toBe(before);
  });
});
