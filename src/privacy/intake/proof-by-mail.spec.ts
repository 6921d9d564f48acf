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

describe('proof by mail', () => {
  const request = async (address: string, more: Record<string, unknown> = {}) => {
    const opened = await desk.open({ kind: 'RESTRICT', subject: { email: address }, ...more });
    await desk.askForProof(opened.id, 'Is this you?');
    const mail = await desk.mailAbout(address, 'confirm who you are');
    expect(mail.text).toContain('Is this you?');
    return { ...opened, link: await desk.linkTo(address) };
  };

  it('is a link that shows a page, and proves by its button, once [promise 50] [promise 65]', async () => {
    const contact = await desk.writer('proof@example.com');
    const { link } = await request('proof@example.com');
    expect((await fetch(link)).status).toBe(200);
    expect(await desk.marksOf(contact)).toMatchObject({ restricted: false });
    expect((await fetch(`${link}x`, { method: 'POST' })).status).toBe(400);
    const press = () =>
      fetch(link, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: '' });
    expect((await press()).status).toBe(200);
    expect(await desk.marksOf(contact)).toMatchObject({ restricted: true });
    expect((await press()).status).toBe(400);
  });

  it('P8: an address that somebody else has proves nothing for another [promise 65]', async () => {
    const victim = await desk.writer('victim@example.com');
    const mallory = await desk.open({ kind: 'RESTRICT', subject: { email: 'mallory@evil.example' } });
    await desk.match(mallory.id, [victim]);
    await desk.askForProof(mallory.id, 'Who are you?');
    expect(await desk.press(await desk.linkTo('mallory@evil.example'))).toBe(200);
    expect(await desk.marksOf(victim)).toMatchObject({ restricted: false });
    expect((await desk.shown(mallory.id)).status).toBe('VERIFYING');
  });

  it('P8: whoever asks for another proves that they may as well [promise 65]', async () => {
    const contact = await desk.writer('parent@example.com');
    const { id, link } = await request('parent@example.com', { onBehalfOf: true });
    expect((await fetch(link, { method: 'POST' })).status).toBe(200);
    // The request stays open, the link does not.
    expect((await fetch(link, { method: 'POST' })).status).toBe(400);
    expect(await desk.marksOf(contact)).toMatchObject({ restricted: false });
    await desk.verify(id, 'Power of attorney seen');
    expect(await desk.marksOf(contact)).toMatchObject({ restricted: true });
  });

  it('is over after 30 days [promise 50]', async () => {
    const contact = await desk.writer('slow@example.com');
    const { id, link } = await request('slow@example.com');
    await under.admin.query("update privacy_requests set proof_until = now() - interval '1 second' where id = $1", [
      id,
    ]);
    expect((await fetch(link, { method: 'POST' })).status).toBe(400);
    expect(await desk.marksOf(contact)).toMatchObject({ restricted: false });
  });
});
