import { eventually } from '../../../test/support/client.js';
import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { PrivacyDesk, type ShownRequest, requestFields } from '../../../test/support/privacy-desk.js';

let under: InboxUnderTest;
let ada: TestInbox;
let desk: PrivacyDesk;

beforeAll(async () => {
  under = await InboxUnderTest.start();
  ada = await under.inbox('Ada');
  desk = await PrivacyDesk.of(under, ada);
  await under.admin.query('update users set email_verified_at = now()');
}, 60_000);
afterAll(() => under.stop());

const last = ({ history }: ShownRequest) => history.at(-1)?.note;

describe('what a request asks for', () => {
  it('a member says once they have read it; recorded, and done at once where all else is known [promise 64] [promise 74]', async () => {
    const contact = await under.contact(ada.workspaceId);
    const { id } = await desk.open({ kind: 'ACCESS', subject: { contactId: contact }, note: 'Use my data no more' });
    const changed = await desk.act('changePrivacyRequestKind', 'kind: RECTIFY, reason: "By phone"', id);
    expect(changed).toMatchObject({ kind: 'RECTIFY', status: 'VERIFYING' });
    expect(last(changed)).toBe('A person read what is asked for: ACCESS → RECTIFY. By phone');
    expect(await desk.verify(id)).toMatchObject({ status: 'IN_PROGRESS' });
    expect(await desk.act('changePrivacyRequestKind', 'kind: RESTRICT, reason: "By phone"', id)).toMatchObject({
      kind: 'RESTRICT',
      status: 'COMPLETED',
    });
    expect(await desk.marksOf(contact)).toMatchObject({ restricted: true });
    expect(await desk.refused('changePrivacyRequestKind', 'kind: ERASE, reason: "Later"', id)).toBe('CONFLICT');
  });

  it('is not changed to what it is, without a reason, or once it has begun', async () => {
    const contact = await under.contact(ada.workspaceId);
    const { id } = await desk.open({ kind: 'ACCESS', subject: { contactId: contact } });
    const refused = (more: string) => desk.refused('changePrivacyRequestKind', more, id);
    expect(await refused('kind: ACCESS, reason: "So"')).toBe('BAD_USER_INPUT');
    expect(await refused('kind: ERASE, reason: "  "')).toBe('BAD_USER_INPUT');
    expect(await refused('kind: FORGET, reason: "So"')).toBe('GRAPHQL_VALIDATION_FAILED');
    await desk.verify(id);
    expect(await refused('kind: ERASE, reason: "So"')).toBe('CONFLICT');
  });

  it('the operator says of one that nobody owns; then it goes to the workspace that knows them, and is done [promise 60] [promise 64]', async () => {
    const contact = await desk.writer('plain@example.com');
    const code = await desk.askedInPublic({ kind: 'ACCESS', text: 'My data, please', website: 'nowhere.example' });
    const { rows } = await under.admin.query<{ id: string }>(
      'select id from instance_privacy_requests order by id desc limit 1',
    );
    const id = String(rows[0]?.id);
    const routed = () =>
      under.admin.query<{ done: boolean }>(
        `select not exists (select from due where kind = 'route-privacy-request' and row_id = $1) as done`,
        [id],
      );
    await eventually(async () => ((await routed()).rows[0]?.done === true ? true : null), 15_000);
    // They say on the phone what they meant, and by which address they wrote.
    const change = 'changeInstancePrivacyRequestKind';
    const changed = await desk.act(change, 'kind: RESTRICT, reason: "They rang"', id);
    expect(changed).toMatchObject({ kind: 'RESTRICT', status: 'VERIFYING' });
    expect(last(changed)).toBe('A person read what is asked for: ACCESS → RESTRICT. They rang');
    const eve = await under.inbox('Eve');
    expect(await desk.refused(change, 'kind: ERASE, reason: "Mine"', id, eve)).toBe('FORBIDDEN');
    await desk.ask(
      `mutation ($id: ID!, $to: ID!) { done: routePrivacyRequest(id: $id, workspaceId: $to) { ${requestFields} } }`,
      { id, to: ada.workspaceId },
    );
    await desk.match(id, [contact]);
    expect(await desk.verify(id, 'They rang')).toMatchObject({ kind: 'RESTRICT', status: 'COMPLETED' });
    expect(await desk.marksOf(contact)).toMatchObject({ restricted: true });
    expect((await desk.shown(id)).confirmationCode).toBe(code);
    // It is the workspace's now: the operator's operations for what nobody owns do not find it.
    expect(await desk.refused(change, 'kind: ERASE, reason: "Mine"', id)).toBe('NOT_FOUND');
  });
});

describe('a request that nobody owns', () => {
  const unowned = async (given: Record<string, unknown>) => {
    await desk.askedInPublic(given);
    const { rows } = await under.admin.query<{ id: string }>(
      'select id from instance_privacy_requests order by id desc limit 1',
    );
    return String(rows[0]?.id);
  };

  it('is asked for proof by the operator; the link proves, once [promise 65]', async () => {
    const id = await unowned({ kind: 'ACCESS', email: 'who@example.com' });
    const asked = await desk.act('askForInstanceProof', 'message: "Is it you?"', id);
    expect(asked).toMatchObject({ status: 'VERIFYING' });
    const link = await desk.linkTo('who@example.com');
    const first = await desk.linkTo('who@example.com', 'We have your request');
    // The link of before is over with the one that was asked for.
    expect(await desk.press(first)).toBe(400);
    expect(await desk.press(link)).toBe(200);
    expect(await desk.press(link)).toBe(400);
    const nameless = await unowned({ kind: 'ACCESS', text: 'My data' });
    expect(await desk.refused('askForInstanceProof', 'message: "Is it you?"', nameless)).toBe('CONFLICT');
  });

  it('may take longer in writing, in the language of whoever asked [promise 73]', async () => {
    const answer = await fetch(`${under.app.url}/privacy/requests`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': 'tr' },
      body: JSON.stringify({ text: 'Verilerimi verin', email: 'uzun@example.com' }),
    });
    expect(answer.ok).toBe(true);
    const { rows } = await under.admin.query<{ id: string }>(
      'select id from instance_privacy_requests order by id desc limit 1',
    );
    const id = String(rows[0]?.id);
    const extended = await desk.act('extendInstancePrivacyRequest', 'reason: "İki ülke soruluyor"', id);
    expect(extended.noticeSentAt).not.toBeNull();
    const mail = await desk.mailAbout('uzun@example.com', 'daha uzun sürecek');
    expect(mail.text).toContain('İki ülke soruluyor');
    expect(mail.text).toContain(String(extended.extendedUntil).slice(0, 10));
    expect(await desk.refused('extendInstancePrivacyRequest', 'reason: "Again"', id)).toBe('BAD_USER_INPUT');
  });
});
