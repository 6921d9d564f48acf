import { LeadDesk } from '../../../test/support/lead-desk.js';
import { eventually } from '../../../test/support/client.js';

let desk: LeadDesk;
beforeAll(async () => void (desk = await LeadDesk.start()), 60_000);
beforeEach(() => desk.writes(true));
afterAll(() => desk.stop());

const question = 'How long does standard shipping take?';

/** The draft of a lead once it is written. */
const written = (id: string) =>
  eventually(async () => {
    const { reply } = await desk.lead(id);
    return reply === null || reply.status === 'GENERATING' ? null : reply;
  }, 15_000);

async function refusal(id: string): Promise<string | undefined> {
  const { errors } = await desk.drafts.client.post('mutation ($id: ID!) { draftLeadReply(leadId: $id) { id } }', {
    id,
  });
  return (errors?.[0]?.extensions as { reason?: string } | undefined)?.reason;
}

describe('a draft of a reply to a lead', () => {
  it('is quoted where no model is set up, and is accepted by being sent as it is [promise 34]', async () => {
    await desk.writes(false);
    const { id, email } = await desk.arrives(question);
    const draft = await desk.draft(id);
    expect(draft).toMatchObject({ leadId: id, conversationId: null, status: 'PROPOSED', run: { provider: 'quote' } });
    expect(draft.text).toContain('Standard shipping takes 3 days');
    expect((await desk.lead(id)).reply).toMatchObject({ id: draft.id, sources: [{ title: 'The shop' }] });
    expect(await desk.send(id, draft.text)).toMatchObject({ status: 'CONTACTED', reply: null });
    await desk.quiet();
    expect(desk.mailsTo(email)).toHaveLength(1);
    expect(
      await desk.rows('select status, message_id is not null as linked from drafts where id = $1', [draft.id]),
    ).toEqual([{ status: 'ACCEPTED', linked: true }]);
    expect(
      await desk.rows(
        'select purpose, outcome, edit_distance as d, approved_by is not null as approved from ai_runs where lead_id = $1',
        [id],
      ),
    ).toEqual([{ purpose: 'LEAD_REPLY', outcome: 'ACCEPTED', d: 0, approved: true }]);
    expect(desk.model.calls).toEqual([]);
  });

  it('is edited where most of it is left, and withdrawn where little is', async () => {
    await desk.writes(false);
    for (const [words, draftStatus, outcome] of [
      ['{} Greetings!', 'EDITED', 'EDITED'],
      [
        'We will call you tomorrow at noon, if that suits you and your colleagues; else say when it does, please. Kind regards',
        'DISCARDED',
        'DISCARDED',
      ],
    ] as const) {
      const { id } = await desk.arrives(question);
      const draft = await desk.draft(id);
      await desk.send(id, words.replace('{}', draft.text));
      expect(await desk.rows('select status from drafts where id = $1', [draft.id])).toEqual([{ status: draftStatus }]);
      expect(await desk.runs(id)).toMatchObject([{ outcome }]);
    }
  });

  it('is made of the message alone: of all else that they sent in nothing leaves [promise 35]', async () => {
    await desk.drafts.settings({ maskDetails: true });
    const { id, contactId } = await desk.arrives(`${question} Write to canary-two@mail.example or +90 555 777 66 55.`, {
      details: {
        name: 'Canaryname Surname',
        phone: '+905551234567',
        company: 'Canarycompany',
        message: `${question} Write to canary-two@mail.example or +90 555 777 66 55.`,
        fields: { budget: 'canaryfield', 'canary question': 'yes' },
      },
      tags: ['canarytag'],
    });
    await desk.drafts.client.ask('mutation ($id: ID!) { addContactNote(contactId: $id, text: "canarynote") { id } }', {
      id: contactId,
    });
    expect(await desk.draft(id)).toMatchObject({ status: 'GENERATING', text: '' });
    expect(await written(id)).toMatchObject({ status: 'PROPOSED', text: 'Standard shipping takes 3 days.' });
    expect(desk.model.calls).toHaveLength(1);
    const left = JSON.stringify(desk.model.calls[0]?.body);
    expect(left).toContain(question);
    expect(left).not.toMatch(/canary|Surname|mail\.example|5551234567|777 66 55|grace-/iu);
    expect(
      (
        await desk.rows<{ request: unknown; masked: string[] }>(
          'select request, masked from ai_runs where lead_id = $1',
          [id],
        )
      )[0],
    ).toMatchObject({
      request: desk.model.calls[0]?.body,
      masked: ['email', 'phone'],
    });
    await desk.drafts.settings({ maskDetails: false });
  });

  it('is stopped, and discarded, as others are', async () => {
    const { id } = await desk.arrives(question);
    let go = (): void => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    desk.model.say = async () => {
      await gate;
      return { answer: 'Standard shipping takes 3 days.', sources: [1] };
    };
    const draft = await desk.draft(id);
    await eventually(() => Promise.resolve(desk.model.calls.length > 0 ? true : null), 15_000);
    const stop = 'mutation ($id: ID!) { stopDraft(id: $id) { status } }';
    expect(await desk.drafts.client.ask(stop, { id: draft.id })).toEqual({ stopDraft: { status: 'DISCARDED' } });
    go();
    await desk.quiet();
    expect((await desk.lead(id)).reply).toBeNull();
    desk.model.say = () => ({ answer: 'Standard shipping takes 3 days.', sources: [1] });
    const second = await desk.draft(id, 'Be short.');
    expect((await written(id)).status).toBe('PROPOSED');
    const discard = 'mutation ($id: ID!) { discardDraft(id: $id) { status } }';
    expect(await desk.drafts.client.ask(discard, { id: second.id })).toEqual({ discardDraft: { status: 'DISCARDED' } });
    expect((await desk.lead(id)).reply).toBeNull();
  });

  it('is not made of what came by a form for answers alone [promise 22], nor against an objection, nor of nothing', async () => {
    const only = await desk.arrives(question, { answerOnly: true });
    expect(await refusal(only.id)).toBe('DRAFT_ANSWER_ONLY');
    for (const [mark, reason] of [
      ['automation_objected', 'DRAFT_OBJECTED'],
      ['processing_restricted', 'DRAFT_RESTRICTED'],
    ] as const) {
      const { id, contactId } = await desk.arrives(question);
      await desk.drafts.owner.query(`update contacts set ${mark} = true where id = $1`, [contactId]);
      expect(await refusal(id)).toBe(reason);
    }
    const wordless = await desk.arrives(null, { details: { fields: { question } } });
    expect(await refusal(wordless.id)).toBe('DRAFT_NOTHING_ASKED');
    expect(desk.model.calls).toEqual([]);
    expect((await desk.runs(only.id)).length).toBe(0);
  });
});

describe('a bot that drafts replies to leads', () => {
  beforeAll(() => desk.bot({ leadMode: 'DRAFT' }));
  afterAll(() => desk.bot({ leadMode: 'OFF' }));

  it('proposes one for each that comes in, once [promise 34]', async () => {
    const { id, email } = await desk.arrives(question);
    expect(await written(id)).toMatchObject({ status: 'PROPOSED', text: 'Standard shipping takes 3 days.' });
    await desk.again(id);
    expect(await desk.rows('select 1 from drafts where lead_id = $1', [id])).toHaveLength(1);
    expect(desk.model.calls).toHaveLength(1);
    expect(desk.mailsTo(email)).toEqual([]);
    expect((await desk.lead(id)).status).toBe('NEW');
  });
});
