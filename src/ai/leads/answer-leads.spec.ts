import { LeadSource } from '../../leads/index.js';
import { LeadDesk } from '../../../test/support/lead-desk.js';
import { eventually } from '../../../test/support/client.js';

let desk: LeadDesk;
beforeAll(async () => {
  desk = await LeadDesk.start();
  await desk.bot({ leadMode: 'AUTO' });
}, 60_000);
beforeEach(() => desk.writes(true));
afterAll(() => desk.stop());

const question = 'How long does standard shipping take?';
const answer = 'Standard shipping takes 3 days.';

const left = async (id: string): Promise<string> => eventually(async () => (await desk.lead(id)).replyTask, 15_000);

describe('a bot that answers leads by itself', () => {
  it('answers once, by mail, and says that it is a machine [promise 34]', async () => {
    const { id, email } = await desk.arrives(question);
    await eventually(() => Promise.resolve(desk.mailsTo(email).length > 0 ? true : null), 15_000);
    for (let time = 0; time < 3; time += 1) await desk.again(id);
    const mails = desk.mailsTo(email);
    expect(mails).toHaveLength(1);
    const [mail] = mails;
    expect(mail?.headers.get('auto-submitted')).toBe('auto-replied');
    const [first, , last] = (mail?.body ?? '').replace(/=\r\n/g, '').replace(/\r\n/g, '\n').trim().split('\n');
    expect(first).toContain('an AI assistant');
    expect(last).toBe(answer);
    expect(await desk.lead(id)).toMatchObject({ status: 'CONTACTED', replyTask: null, reply: null });
    expect(await desk.runs(id)).toMatchObject([{ purpose: 'LEAD_REPLY', outcome: 'SENT' }]);
    expect(desk.model.calls).toHaveLength(1);
    expect(JSON.stringify(desk.model.calls[0]?.body)).toContain('sent as it is');
    expect(
      await desk.rows(
        `select m.author, m.status from messages m join drafts d on d.message_id = m.id where d.lead_id = $1`,
        [id],
      ),
    ).toEqual([{ author: 'BOT', status: 'SENT' }]);
  });

  const others: readonly (readonly [string, Parameters<LeadDesk['arrives']>[1]])[] = [
    ['a member wrote down', { source: LeadSource.MANUAL }],
    ['came out of a file', { source: LeadSource.IMPORT }],
    ['came by a form for answers alone', { answerOnly: true }],
    ['a platform sent to try the form', { source: LeadSource.LEAD_AD, test: true }],
  ];
  it.each(others)('leaves alone what %s [promise 22]', async (_, more) => {
    const { id, email } = await desk.arrives(question, more);
    await desk.again(id);
    expect(desk.model.calls).toEqual([]);
    expect(desk.mailsTo(email)).toEqual([]);
    expect(await desk.lead(id)).toMatchObject({ status: 'NEW', replyTask: null });
    expect(await desk.runs(id)).toEqual([]);
  });

  it('writes nothing to who has objected, was blocked or left no address, and a person reads why', async () => {
    const { id } = await desk.arrives(question, {
      details: { email: null, phone: '+905550001122', message: question },
    });
    expect(await left(id)).toBe('LEAD_NO_ADDRESS');
    expect(await desk.runs(id)).toMatchObject([{ outcome: 'HANDED_OFF', provider: 'rules' }]);
    for (const [mark, reason] of [
      ['automation_objected', 'LEAD_OBJECTED'],
      ['processing_restricted', 'LEAD_RESTRICTED'],
      ['blocked', null],
    ] as const) {
      const known = await desk.arrives('Hello', { source: LeadSource.MANUAL });
      await desk.drafts.owner.query(`update contacts set ${mark} = true where id = $1`, [known.contactId]);
      const captured = desk.arrives(question, { details: { email: known.email, message: question } });
      // Of who is blocked nothing is taken at all.
      if (reason === null) await expect(captured).rejects.toThrow('BLOCKED');
      else expect(await left((await captured).id)).toBe(reason);
      await desk.quiet();
      expect(desk.mailsTo(known.email)).toEqual([]);
    }
    expect(desk.model.calls).toEqual([]);
  });

  it('leaves to people what asks for one, what it knows nothing of, and what is no text', async () => {
    const asking = await desk.arrives(`${question} I want to talk to a human.`);
    expect(await left(asking.id)).toBe('HANDOFF_ASKED');
    desk.model.say = () => ({ answer: 'NOTHING_GROUNDED', sources: [] });
    const odd = await desk.arrives('How long does standard shipping of elephants take?');
    expect(await left(odd.id)).toBe('NOTHING_FITS');
    const wordless = await desk.arrives(null);
    expect(await left(wordless.id)).toBe('HANDOFF_WORDLESS');
    for (const { id, email } of [asking, odd, wordless]) {
      expect(desk.mailsTo(email)).toEqual([]);
      expect((await desk.lead(id)).status).toBe('NEW');
    }
    // It is answered by a person then, and nobody is asked any more.
    expect(await desk.send(odd.id, 'A month.')).toMatchObject({ status: 'CONTACTED', replyTask: null });
  });

  it('quotes where the model server fails and the bot may, and leaves it to a person where it may not', async () => {
    desk.model.say = () => 500;
    const quoted = await desk.arrives(question);
    await eventually(() => Promise.resolve(desk.mailsTo(quoted.email).length > 0 ? true : null), 15_000);
    expect((await desk.runs(quoted.id)).map(({ outcome, provider }) => [outcome, provider === 'quote'])).toEqual([
      ['FAILED', false],
      ['SENT', true],
    ]);
    await desk.bot({ quoteOnFailure: false });
    await desk.writes(true);
    desk.model.say = () => 500;
    const failed = await desk.arrives(question);
    expect(await left(failed.id)).toMatch(/^SERVER_/u);
    expect(desk.mailsTo(failed.email)).toEqual([]);
    await desk.bot({ quoteOnFailure: true });
  });

  const takeovers: readonly (readonly [string, (id: string) => Promise<unknown>])[] = [
    ['answers', (id) => desk.send(id, 'By hand.')],
    [
      'moves it on',
      (id) =>
        desk.drafts.client.ask('mutation ($id: ID!) { updateLead(input: { id: $id, status: QUALIFIED }) { id } }', {
          id,
        }),
    ],
    ['asks for a draft', (id) => desk.draft(id)],
    ['switches the bot off', () => desk.bot({ leadMode: 'OFF' })],
  ];
  it.each(takeovers)('sends nothing after a member %s while it writes [promise 38]', async (_, take) => {
    let go = (): void => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    desk.model.say = async () => {
      await gate;
      return { answer, sources: [1] };
    };
    const { id, email } = await desk.arrives(question);
    await eventually(() => Promise.resolve(desk.model.calls.length > 0 ? true : null), 15_000);
    await take(id);
    go();
    await desk.quiet();
    await desk.again(id);
    expect(desk.mailsTo(email).filter(({ headers }) => headers.has('auto-submitted'))).toEqual([]);
    expect((await desk.runs(id)).map(({ outcome }) => outcome)).not.toContain('SENT');
    await desk.bot({ leadMode: 'AUTO' });
  });

  it('goes with the person, whatever was made of them', async () => {
    const { id, contactId, email } = await desk.arrives(question);
    await eventually(() => Promise.resolve(desk.mailsTo(email).length > 0 ? true : null), 15_000);
    await desk.quiet();
    await desk.drafts.client.ask('mutation ($id: ID!) { eraseContact(contactId: $id) { id } }', { id: contactId });
    await eventually(async () => {
      const [found] = await desk.rows<{ n: string }>(
        `select (select count(*) from leads where id = $1) + (select count(*) from drafts where lead_id = $1)
              + (select count(*) from ai_runs where lead_id = $1) as n`,
        [id],
      );
      return Number(found?.n) === 0 ? true : null;
    }, 20_000);
  });
});
