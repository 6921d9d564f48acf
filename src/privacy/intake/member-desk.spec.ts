import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { PrivacyDesk, type ShownRequest } from '../../../test/support/privacy-desk.js';

let under: InboxUnderTest;
let ada: TestInbox;
let desk: PrivacyDesk;

beforeAll(async () => {
  under = await InboxUnderTest.start();
  ada = await under.inbox('Ada');
  desk = await PrivacyDesk.of(under, ada);
}, 60_000);
afterAll(() => under.stop());

const days = ({ receivedAt, dueAt }: ShownRequest) => (Date.parse(dueAt) - Date.parse(receivedAt)) / 86_400_000;

describe('a request that a member writes down', () => {
  it('has thirty days, finds whom it is about, and waits for proof [promise 61] [promise 72]', async () => {
    const contact = await desk.writer('grace@example.com', { name: 'Grace' });
    const request = await desk.open({ kind: 'RESTRICT', subject: { email: ' Grace@Example.com ' } });
    expect(request).toMatchObject({ status: 'VERIFYING', subject: 'grace@example.com', contacts: [{ id: contact }] });
    expect(days(request)).toBeCloseTo(30, 1);
    expect(await desk.marksOf(contact)).toMatchObject({ restricted: false });
    const mail = await desk.mailAbout('grace@example.com', 'We have your request');
    expect(mail.text).toContain(`/privacy/requests/${request.confirmationCode}`);
  });

  it.each([
    ['RESTRICT', { restricted: true, objected: false }],
    ['OBJECT', { restricted: true, objected: true }],
    ['OBJECT_AUTOMATED', { restricted: false, objected: true }],
  ])('%s is done once a member vouches, and lifted by hand [promise 74]', async (kind, marks) => {
    const contact = await under.contact(ada.workspaceId, { phones: ['+905551110000'], tags: [kind] });
    const request = await desk.open({ kind, subject: { contactId: contact } });
    const done = await desk.verify(request.id);
    expect(done).toMatchObject({ status: 'COMPLETED' });
    expect(done.completedAt).not.toBeNull();
    expect(done.history.map(({ status }) => status)).toEqual(['RECEIVED', 'VERIFYING', 'IN_PROGRESS', 'COMPLETED']);
    expect(done.history[2]?.note).toContain('Showed her order');
    expect(await desk.marksOf(contact)).toMatchObject(marks);
    await ada.client.ask('mutation ($id: ID!) { liftRestriction(contactId: $id) { processingRestricted } }', {
      id: contact,
    });
    expect(await desk.marksOf(contact)).toMatchObject({ restricted: false, objected: marks.objected });
    expect(
      await ada.client.refusal('mutation ($id: ID!) { verifyPrivacyRequest(id: $id, evidence: "again") { id } }', {
        id: request.id,
      }),
    ).toBe('CONFLICT');
  });

  it('RECTIFY puts right what is given by name, and refuses what is no field [promise 74]', async () => {
    const contact = await under.contact(ada.workspaceId, { name: 'Grase' });
    const request = await desk.open({
      kind: 'RECTIFY',
      subject: { contactId: contact },
      rectification: { name: 'Grace Hopper', emails: ['g@example.com'] },
    });
    expect(await desk.verify(request.id)).toMatchObject({ status: 'COMPLETED' });
    expect(await desk.marksOf(contact)).toMatchObject({ name: 'Grace Hopper' });
    for (const rectification of [{ blocked: true }, { processing_restricted: false }, { emails: 'x' }, { name: 3 }])
      expect(await desk.refusedToOpen({ kind: 'RECTIFY', subject: { contactId: contact }, rectification })).toBe(
        'BAD_USER_INPUT',
      );
  });

  it('waits for a member to say whom it is about, where what is given does not tell', async () => {
    const twins = [
      await desk.writer('one@twins.example'),
      await under.contact(ada.workspaceId, { emails: ['one@twins.example'] }),
    ];
    const request = await desk.open({ kind: 'RESTRICT', subject: { email: 'one@twins.example' } });
    expect(request.contacts).toEqual([]);
    expect(await desk.verify(request.id)).toMatchObject({ status: 'IN_PROGRESS', contacts: [] });
    const done = await desk.match(request.id, [twins[1] ?? '']);
    expect(done).toMatchObject({ status: 'COMPLETED', contacts: [{ id: twins[1] }] });
    expect(await desk.marksOf(twins[0] ?? '')).toMatchObject({ restricted: false });
  });

  it("a child's goes first: done by the end of the working day [promise 77]", async () => {
    const contact = await under.contact(ada.workspaceId, {});
    const request = await desk.open({ kind: 'RESTRICT', subject: { contactId: contact }, minor: true });
    const weekend = [6, 0].includes(new Date(request.receivedAt).getUTCDay());
    expect(days(request)).toBeGreaterThan(0);
    expect(days(request)).toBeLessThanOrEqual(weekend ? 3.5 : 1.1);
    const due = new Date(request.dueAt);
    expect([6, 0]).not.toContain(new Date(due.getTime() - 1).getUTCDay());
  });

  it('may take longer: reason and new date are mailed, and no law allows more than 90 days [promise 73]', async () => {
    await desk.writer('late@example.com');
    const request = await desk.open({ kind: 'ACCESS', subject: { email: 'late@example.com' } });
    const extend = (until: string) =>
      desk.act('extendPrivacyRequest', `reason: "Two countries are asked", until: "${until}"`, request.id);
    const at = (count: number) => new Date(Date.parse(request.receivedAt) + count * 86_400_000).toISOString();
    await expect(extend(at(20))).rejects.toThrow('later than the old one');
    await expect(extend(at(91))).rejects.toThrow('90 days');
    const extended = await extend(at(60));
    expect(extended).toMatchObject({ extendedUntil: at(60), extensionReason: 'Two countries are asked' });
    expect(extended.noticeSentAt).not.toBeNull();
    const mail = await desk.mailAbout('late@example.com', 'takes longer');
    expect(mail.text).toContain('Two countries are asked');
    expect(mail.text).toContain(at(60).slice(0, 10));
  });

  it('may be refused, with the reason and the right to complain [promise 75]', async () => {
    await desk.writer('no@example.com');
    const request = await desk.open({ kind: 'ACCESS', subject: { email: 'no@example.com' } });
    await expect(desk.reject(request.id, '  ')).rejects.toThrow('Write something');
    expect(await desk.reject(request.id, 'It was answered last week')).toMatchObject({ status: 'REJECTED' });
    const mail = await desk.mailAbout('no@example.com', 'refused');
    expect(mail.text).toContain('It was answered last week');
    expect(mail.text).toContain('supervisory authority');
  });
});
