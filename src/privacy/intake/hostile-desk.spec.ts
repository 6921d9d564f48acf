import { eventually } from '../../../test/support/client.js';
import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { PrivacyDesk } from '../../../test/support/privacy-desk.js';

let under: InboxUnderTest;
let ada: TestInbox;
let eve: TestInbox;
let desk: PrivacyDesk;

beforeAll(async () => {
  under = await InboxUnderTest.start();
  [ada, eve] = [await under.inbox('Ada'), await under.inbox('Eve')];
  desk = await PrivacyDesk.of(under, ada);
  await under.admin.query(
    'update users set email_verified_at = now() where id = (select user_id from members where workspace_id = $1)',
    [ada.workspaceId],
  );
}, 60_000);
afterAll(() => under.stop());

/** Everything that is done with a request of a workspace, by its members and by the operator. */
const ofMembers: readonly (readonly [name: string, more: string])[] = [
  ['verifyPrivacyRequest', 'evidence: "x"'],
  ['rejectPrivacyRequest', 'reason: "x"'],
  ['extendPrivacyRequest', 'reason: "x"'],
  ['matchPrivacyRequest', 'contactIds: ["0192f0e2-0000-7000-8000-000000000000"]'],
  ['askForProof', 'message: "x"'],
  ['changePrivacyRequestKind', 'kind: ERASE, reason: "x"'],
  ['rectifyPrivacyRequest', 'rectification: { name: "x" }'],
];
const ofOperators: readonly (readonly [name: string, more: string])[] = [
  ['askControllerToErase', 'message: "x"'],
  ['eraseDirectly', 'legalBasis: "x"'],
  ['settleInstancePrivacyRequest', 'answer: "x"'],
  ['askForInstanceProof', 'message: "x"'],
  ['extendInstancePrivacyRequest', 'reason: "x"'],
  ['changeInstancePrivacyRequestKind', 'kind: ERASE, reason: "x"'],
];
const rowOf = async (id: string) =>
  (
    await under.admin.query<{ row: string }>(
      'select row_to_json(r)::text as row from privacy_requests r where id = $1',
      [id],
    )
  ).rows[0]?.row;
const unowned = async (given: Record<string, unknown>) => {
  const code = await desk.askedInPublic(given);
  const { rows } = await under.admin.query<{ id: string }>(
    'select id from instance_privacy_requests order by id desc limit 1',
  );
  return { code, id: String(rows[0]?.id) };
};

describe('who may settle', () => {
  it("P8: whoever has another workspace's id or code neither sees nor touches its request", async () => {
    const contact = await under.contact(ada.workspaceId);
    const { id, confirmationCode } = await desk.open({ kind: 'ERASE', subject: { contactId: contact } });
    const before = await rowOf(id);
    for (const [name, more] of ofMembers)
      for (const given of [id, id.toUpperCase(), confirmationCode])
        expect([name, await desk.refused(name, more, given, eve)]).toEqual([name, 'NOT_FOUND']);
    const { privacyRequest } = await eve.client.ask<{ privacyRequest: unknown }>(
      'query ($id: ID!) { privacyRequest(id: $id) { id } }',
      { id },
    );
    expect(privacyRequest).toBeNull();
    expect(await rowOf(id)).toBe(before);
  });

  it('P8: an editor and a viewer neither see nor touch one of their own workspace', async () => {
    const { id } = await desk.open({ kind: 'ERASE', subject: { handle: 'somebody' } });
    const before = await rowOf(id);
    for (const one of [await under.colleague(ada, 'Bob'), await under.colleague(ada, 'Vic', 'VIEWER')]) {
      for (const [name, more] of ofMembers)
        expect([name, await desk.refused(name, more, id, one)]).toEqual([name, 'FORBIDDEN']);
      expect(await one.client.refusal(`{ privacyRequest(id: "${id}") { id } }`)).toBe('FORBIDDEN');
    }
    expect(await rowOf(id)).toBe(before);
  });

  it('P8: the desk of the deployment is for those who run it, with an address that is theirs', async () => {
    const { id } = await unowned({ text: 'What do you have of me?' });
    for (const [name, more] of ofOperators)
      expect([name, await desk.refused(name, more, id, eve)]).toEqual([name, 'FORBIDDEN']);
    expect(
      await eve.client.refusal(
        `mutation { routePrivacyRequest(id: "${id}", workspaceId: "${eve.workspaceId}") { id } }`,
      ),
    ).toBe('FORBIDDEN');
    expect(await eve.client.refusal('{ instancePrivacyRequests { nodes { id } } }')).toBe('FORBIDDEN');
  });

  it('an operator is no member: what is theirs ends where a workspace owns the request', async () => {
    const { id } = await desk.open({ kind: 'ACCESS', subject: { handle: 'somebody' } });
    for (const [name, more] of ofOperators.slice(2))
      expect([name, await desk.refused(name, more, id)]).toEqual([name, 'NOT_FOUND']);
    for (const wrong of ['x', '0192f0e2-0000-7000-8000-000000000000'])
      for (const [name, more] of [...ofOperators, ...ofMembers])
        expect([name, await desk.refused(name, more, wrong)]).toEqual([name, 'NOT_FOUND']);
    const { id: nobodys } = await unowned({ text: 'What do you have of me?' });
    for (const [name, more] of ofOperators.slice(0, 2))
      expect([name, await desk.refused(name, more, nobodys)]).toEqual([name, 'CONFLICT']);
  });
});

describe('proof', () => {
  const asking = async (address: string) => {
    const contact = await desk.writer(address);
    const { id, confirmationCode } = await desk.open({ kind: 'RESTRICT', subject: { email: address } });
    await desk.askForProof(id, 'Is it you?');
    return { id, contact, code: confirmationCode, link: await desk.linkTo(address) };
  };

  it('P8: a link proves its own request and no other, whatever code stands in it', async () => {
    const mallory = await asking('mallory@example.com');
    const victim = await asking('victim2@example.com');
    const token = new URL(mallory.link).searchParams.get('token') ?? '';
    for (const given of [token, `${token}x`, token.slice(1), '', 'undefined', '[object Object]'])
      expect(await desk.press(`${under.app.url}/privacy/requests/${victim.code}/verify?token=${given}`)).toBe(400);
    expect(
      await desk.press(`${under.app.url}/privacy/requests/${victim.code}/verify?token=${token}&token=${token}`),
    ).toBe(400);
    expect(await desk.marksOf(victim.contact)).toMatchObject({ restricted: false });
  });

  it('P8: pressed ten times at once it proves once', async () => {
    const { id, contact, link } = await asking('racing@example.com');
    const answers = await Promise.all(Array.from({ length: 10 }, () => desk.press(link)));
    expect(answers.filter((status) => status === 200)).toHaveLength(1);
    expect(answers.filter((status) => status === 400)).toHaveLength(9);
    expect(await desk.marksOf(contact)).toMatchObject({ restricted: true });
    expect((await desk.shown(id)).history.filter(({ status }) => status === 'COMPLETED')).toHaveLength(1);
  });

  it('P8: a link of a request that is settled proves nothing', async () => {
    const { id, contact, link } = await asking('refused@example.com');
    await desk.reject(id, 'It was answered');
    expect(await desk.press(link)).toBe(400);
    expect((await fetch(link)).status).toBe(400);
    expect(await desk.marksOf(contact)).toMatchObject({ restricted: false });
  });

  it('is not asked of somebody who has proved who they are', async () => {
    const { id } = await desk.open({ kind: 'RECTIFY', subject: { email: 'proved@example.com' }, note: 'My name' });
    await desk.verify(id);
    expect(await desk.refused('askForProof', 'message: "Who are you?"', id)).toBe('CONFLICT');
    expect(await desk.shown(id)).toMatchObject({ status: 'IN_PROGRESS' });
  });

  it('a code that was not given leads nowhere, however it is written', async () => {
    const { code } = await unowned({ text: 'What do you have of me?' });
    for (const wrong of [
      `${code}0`,
      code.slice(1),
      code.toUpperCase(),
      code.replace(/.$/, 'g'),
      '%00',
      `${code}%00`,
      '..',
    ])
      expect([
        wrong,
        (await fetch(`${under.app.url}/privacy/requests/${wrong}`)).status >= 400 || wrong === code,
      ]).toEqual([wrong, true]);
    expect((await fetch(`${under.app.url}/privacy/requests/${code}`)).status).toBe(200);
  });
});

describe('two at once', () => {
  it('vouching ten times does what was asked once: one erasure, one receipt', async () => {
    const contact = await under.contact(ada.workspaceId);
    const { id } = await desk.open({ kind: 'ERASE', subject: { contactId: contact } });
    const answers = await Promise.allSettled(Array.from({ length: 10 }, () => desk.verify(id)));
    expect(answers.some(({ status }) => status === 'fulfilled')).toBe(true);
    await eventually(async () => ((await desk.shown(id)).status === 'COMPLETED' ? true : null), 30_000);
    const { rows } = await under.admin.query('select id from erasures where request_id = $1', [id]);
    expect(rows).toHaveLength(1);
  });

  it('refused and vouched for at once it is one of both', async () => {
    const contact = await under.contact(ada.workspaceId);
    const { id } = await desk.open({ kind: 'RESTRICT', subject: { contactId: contact } });
    const [rejected, verified] = await Promise.allSettled([desk.reject(id, 'No'), desk.verify(id)]);
    expect([rejected.status, verified.status].sort()).toEqual(['fulfilled', 'rejected']);
    const restricted = (await desk.marksOf(contact))?.restricted;
    expect((await desk.shown(id)).status).toBe(restricted === true ? 'COMPLETED' : 'REJECTED');
  });

  it('given to two workspaces at once it is in one of them', async () => {
    const { id } = await unowned({ text: 'What do you have of me?', businessName: 'Nobody knows' });
    const route = (workspaceId: string) =>
      ada.client.refusal(`mutation { routePrivacyRequest(id: "${id}", workspaceId: "${workspaceId}") { id } }`);
    const answers = await Promise.all([route(ada.workspaceId), route(eve.workspaceId)]);
    expect(answers.filter((code) => code === null)).toHaveLength(1);
    expect(answers).toContain('NOT_FOUND');
    const { rows } = await under.admin.query('select id from privacy_requests where id = $1', [id]);
    expect(rows).toHaveLength(1);
  });
});

describe('in between', () => {
  it('a hold that comes after the proof stops the erasure, and its end lets it go on [promise 73]', async () => {
    const contact = await desk.writer('between@example.com');
    const { id } = await desk.open({ kind: 'ERASE', subject: { handle: 'between' } });
    expect(await desk.verify(id)).toMatchObject({ status: 'IN_PROGRESS' });
    const { placeLegalHold } = await ada.client.ask<{ placeLegalHold: { id: string } }>(
      'mutation ($id: ID!) { placeLegalHold(contactId: $id, reason: "a court") { id } }',
      { id: contact },
    );
    expect(await desk.match(id, [contact])).toMatchObject({ status: 'ON_HOLD' });
    expect(await desk.marksOf(contact)).toBeDefined();
    // Nor does it go by saying that something else was asked for, and then this again.
    expect(await desk.act('changePrivacyRequestKind', 'kind: RECTIFY, reason: "x"', id)).toMatchObject({
      kind: 'RECTIFY',
    });
    expect(await desk.act('changePrivacyRequestKind', 'kind: ERASE, reason: "x"', id)).toMatchObject({
      status: 'ON_HOLD',
    });
    await ada.client.ask('mutation ($id: ID!) { releaseLegalHold(id: $id) { id } }', { id: placeLegalHold.id });
    await eventually(async () => ((await desk.shown(id)).status === 'COMPLETED' ? true : null), 30_000);
    expect(await desk.marksOf(contact)).toBeUndefined();
  });

  it('ninety days on: late, and no law gives more [promise 73]', async () => {
    const { id } = await desk.open({ kind: 'ACCESS', subject: { handle: 'late' } });
    await under.admin.query(
      `update privacy_requests set received_at = received_at - interval '90 days', due_at = due_at - interval '90 days' where id = $1`,
      [id],
    );
    expect(await desk.refused('extendPrivacyRequest', 'reason: "Later"', id)).toBe('BAD_USER_INPUT');
    const until = new Date(Date.now() + 60_000).toISOString();
    expect(await desk.refused('extendPrivacyRequest', `reason: "Later", until: "${until}"`, id)).toBe('BAD_USER_INPUT');
    expect(await desk.refused('extendPrivacyRequest', 'reason: "Later", until: "tomorrow"', id)).toMatch(
      /BAD_USER_INPUT|GRAPHQL_VALIDATION_FAILED/,
    );
    const { privacyFigures } = await ada.client.ask<{ privacyFigures: { overdue: number } }>(
      '{ privacyFigures { overdue } }',
    );
    expect(privacyFigures.overdue).toBe(1);
  });

  it('of another workspace’s contact it is about nobody', async () => {
    const foreign = await under.contact(eve.workspaceId);
    expect(await desk.refusedToOpen({ kind: 'ERASE', subject: { contactId: foreign } })).toBe('NOT_FOUND');
    const { id } = await desk.open({ kind: 'RESTRICT', subject: { handle: 'foreign' } });
    await desk.verify(id);
    expect(await desk.refused('matchPrivacyRequest', `contactIds: ["${foreign}"]`, id)).toBe('NOT_FOUND');
    expect(await desk.marksOf(foreign)).toMatchObject({ restricted: false });
  });
});
