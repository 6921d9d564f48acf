import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { PrivacyDesk } from '../../../test/support/privacy-desk.js';

let under: InboxUnderTest;
let ada: TestInbox;
let desk: PrivacyDesk;

beforeAll(async () => {
  under = await InboxUnderTest.start();
  ada = await under.inbox('Ada');
  desk = await PrivacyDesk.of(under, ada);
}, 60_000);
afterAll(() => under.stop());

const right = '{ name: "Grace Hopper", emails: ["hopper@example.com"] }';

it('what is said in words a member puts right in one step; what was changed is on record, its values are not [promise 74]', async () => {
  const contact = await desk.writer('grase@example.com', { name: 'Grase' });
  const { id, confirmationCode } = await desk.open({
    kind: 'RECTIFY',
    subject: { contactId: contact, email: 'grase@example.com' },
    note: 'I am called Grace Hopper',
  });
  expect(await desk.refused('rectifyPrivacyRequest', `rectification: ${right}`, id)).toBe('CONFLICT');
  expect(await desk.verify(id)).toMatchObject({ status: 'IN_PROGRESS', rectified: [] });
  for (const wrong of ['{}', '"Grace"', '{ blocked: true }', '{ emails: "x" }', '{ workspaceId: "x" }'])
    expect(await desk.refused('rectifyPrivacyRequest', `rectification: ${wrong}`, id)).toBe('BAD_USER_INPUT');
  const done = await desk.act('rectifyPrivacyRequest', `rectification: ${right}`, id);
  expect(done).toMatchObject({ status: 'COMPLETED', rectified: ['name', 'emails'], rectification: null });
  expect(await desk.marksOf(contact)).toMatchObject({ name: 'Grace Hopper' });
  expect(JSON.stringify(done.history)).not.toContain('Hopper');
  const mail = await desk.mailAbout('grase@example.com', 'is put right');
  expect(mail.text).toContain('name, e-mail addresses');
  expect(mail.text).not.toContain('hopper@example.com');
  const proof = await fetch(`${under.app.url}/privacy/requests/${confirmationCode}`, {
    headers: { accept: 'application/json' },
  });
  expect(await proof.json()).toMatchObject({ status: 'COMPLETED', kind: 'RECTIFY', rectified: ['name', 'emails'] });
});

it('what is right is shown until it is put right, and not afterwards [promise 74]', async () => {
  const contact = await under.contact(ada.workspaceId, { name: 'Ida' });
  const opened = await desk.open({ kind: 'RECTIFY', subject: { contactId: contact }, rectification: { name: 'Ada' } });
  expect(opened.rectification).toEqual({ name: 'Ada' });
  expect(await desk.verify(opened.id)).toMatchObject({ rectification: null, rectified: ['name'] });
});

it('is refused for another kind, and while several may be meant', async () => {
  const twins = [await under.contact(ada.workspaceId), await under.contact(ada.workspaceId)];
  const other = await desk.open({ kind: 'OBJECT', subject: { contactId: twins[0] } });
  expect(await desk.refused('rectifyPrivacyRequest', `rectification: ${right}`, other.id)).toBe('CONFLICT');
  const both = await desk.open({ kind: 'RECTIFY', subject: { handle: 'twin' } });
  await desk.verify(both.id);
  await desk.match(both.id, twins);
  expect(await desk.refused('rectifyPrivacyRequest', `rectification: ${right}`, both.id)).toBe('CONFLICT');
});

it('members correct their own name themselves, and see that it was put right [promise 74]', async () => {
  const { done } = await ada.client.ask<{ done: { status: string; rectified: string[] } }>(
    'mutation { done: openOwnPrivacyRequest(kind: RECTIFY, rectification: { name: "Ada Lovelace" }) { status rectified } }',
  );
  expect(done).toEqual({ status: 'COMPLETED', rectified: ['name'] });
});
