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

describe('what is seen of a request', () => {
  it('by its code is the true state, without personal data, in English and Turkish', async () => {
    await desk.writer('seen@example.com', { name: 'Seen Person' });
    const { id, confirmationCode } = await desk.open({
      kind: 'ERASE',
      subject: { email: 'seen@example.com' },
      note: 'Seen Person wants this',
    });
    const url = `${under.app.url}/privacy/requests/${confirmationCode}`;
    const json = async () =>
      (await fetch(url, { headers: { accept: 'application/json' } })).json() as Promise<Record<string, unknown>>;
    expect(await json()).toMatchObject({
      confirmation_code: confirmationCode,
      status: 'VERIFYING',
      completed_at: null,
    });
    await desk.reject(id, 'secret words');
    expect(await json()).toMatchObject({ status: 'REJECTED' });
    for (const [language, words] of [
      ['en', 'was refused'],
      ['tr', 'reddedildi'],
    ]) {
      const html = await (await fetch(`${url}?lang=${String(language)}`)).text();
      expect(html).toContain(words);
      expect(html).not.toMatch(/seen|secret words/i);
    }
    const nobodys = `${under.app.url}/privacy/requests/${'0'.repeat(32)}`;
    expect((await fetch(nobodys)).status).toBe(404);
    const page = await fetch(`${nobodys}?lang=tr`, { headers: { accept: 'text/html,*/*' } });
    expect([page.status, await page.text()]).toEqual([404, expect.stringContaining('Bu koda ait bir talep yok')]);
  });

  it('in the database is nothing that somebody wrote, and in the audit log neither', async () => {
    await desk.open({
      kind: 'ACCESS',
      subject: { email: 'canary-mail@example.com', handle: 'canaryhandle' },
      note: 'canarynote',
    });
    const { rows } = await under.admin.query<{ text: string }>(
      `select encode(details, 'escape') || row_to_json(p)::text as text from privacy_requests p
       union all select row_to_json(a)::text from audit_entries a union all select row_to_json(c)::text from privacy_codes c`,
    );
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.filter(({ text }) => /canary/.test(text))).toEqual([]);
  });

  it('is for those who settle requests alone', async () => {
    const bob = await under.colleague(ada, 'Bob');
    expect(await bob.client.refusal('{ privacyRequests { nodes { id } } }')).toBe('FORBIDDEN');
    expect(await bob.client.refusal('{ privacyFigures { open } }')).toBe('FORBIDDEN');
  });

  it('each of its steps is in the audit log by who took it', async () => {
    const request = await desk.open({ kind: 'RESTRICT', subject: { email: 'audited@example.com' } });
    await desk.act('changePrivacyRequestKind', 'kind: RECTIFY, reason: "They wrote so"', request.id);
    await desk.act('extendPrivacyRequest', 'reason: "Two countries"', request.id);
    await desk.askForProof(request.id, 'Is it you?');
    await desk.verify(request.id);
    await desk.match(request.id, [await under.contact(ada.workspaceId)]);
    await desk.act('rectifyPrivacyRequest', 'rectification: { name: "Grace" }', request.id);
    const { rows } = await under.admin.query<{ action: string; actor: string }>(
      `select distinct action, actor from audit_entries where workspace_id = $1 and action like 'privacy-request.%' order by 1`,
      [ada.workspaceId],
    );
    expect(rows.map(({ action }) => action)).toEqual(
      ['ask-proof', 'change-kind', 'extend', 'match', 'open', 'rectify', 'reject', 'verify'].map(
        (action) => `privacy-request.${action}`,
      ),
    );
    expect(new Set(rows.map(({ actor }) => actor))).toEqual(new Set([`member:${ada.member.memberId}`]));
  });
});
