import { eventually } from '../../../test/support/client.js';
import { PrivacyDoors } from '../../../test/support/privacy-doors.js';

let doors: PrivacyDoors;

beforeAll(async () => {
  doors = await PrivacyDoors.open();
}, 60_000);
afterAll(() => doors.close());

describe("the operator's desk", () => {
  const list = '{ instancePrivacyRequests { nodes { id confirmationCode history { note } } } }';
  interface Desk {
    instancePrivacyRequests: { nodes: { id: string; confirmationCode: string; history: { note: string | null }[] }[] };
  }
  const idOf = async (code: string) =>
    (await doors.ada.client.ask<Desk>(list)).instancePrivacyRequests.nodes.find((one) => one.confirmationCode === code)
      ?.id ?? '';

  it('is for those who run the deployment', async () => {
    expect(await doors.bea.client.refusal(list)).toBe('FORBIDDEN');
    const code = await doors.asked({ text: 'delete me' });
    const id = await idOf(code);
    expect(id).not.toBe('');
    for (const mutation of [
      'mutation ($id: ID!, $w: ID!) { routePrivacyRequest(id: $id, workspaceId: $w) { id } }',
      'mutation ($id: ID!, $w: ID!) { askControllerToErase(id: $id, message: "x") { id } }',
      'mutation ($id: ID!, $w: ID!) { eraseDirectly(id: $id, legalBasis: "x") { id } }',
      'mutation ($id: ID!, $w: ID!) { settleInstancePrivacyRequest(id: $id, answer: "x") { id } }',
    ].map((text) => (text.includes('$w)') ? text : text.replace(', $w: ID!', ''))))
      expect(await doors.bea.client.refusal(mutation, { id, w: doors.bea.workspaceId })).toBe('FORBIDDEN');
    expect(await doors.placeOf(code)).toBeNull();
  });

  it('says who may be meant, gives a request away, asks the controller and erases directly, each recorded [promise 59] [promise 60]', async () => {
    const code = await doors.asked({ text: 'delete', businessName: "bea's shop", handle: 'nobody' });
    await doors.lookedFor();
    const { instancePrivacyRequests } = await doors.ada.client.ask<Desk>(list);
    const request = instancePrivacyRequests.nodes.find((one) => one.confirmationCode === code);
    expect(request?.history.map(({ note }) => note).join()).toContain(doors.bea.workspaceId);
    const id = request?.id ?? '';
    const ask = 'mutation ($id: ID!) { askControllerToErase(id: $id, message: "Please erase them") { status } }';
    expect(await doors.ada.client.refusal(ask, { id })).toBe('CONFLICT');
    const route = 'mutation ($id: ID!, $w: ID!) { routePrivacyRequest(id: $id, workspaceId: $w) { status } }';
    expect(await doors.ada.client.refusal(route, { id, w: '0190b7a0-0000-7000-8000-000000000000' })).toBe('NOT_FOUND');
    await doors.ada.client.ask(route, { id, w: doors.bea.workspaceId });
    expect(await doors.placeOf(code)).toBe(doors.bea.workspaceId);
    await doors.ada.client.ask(ask, { id });
    const erase = 'mutation ($id: ID!) { eraseDirectly(id: $id, legalBasis: "Art. 17 GDPR") { status kind } }';
    expect(await doors.ada.client.refusal(erase, { id })).toBe('CONFLICT');
    const contact = await doors.under.contact(doors.bea.workspaceId);
    await doors.bea.client.ask(
      'mutation ($id: ID!, $c: [ID!]!) { matchPrivacyRequest(id: $id, contactIds: $c) { id } }',
      {
        id,
        c: [contact],
      },
    );
    expect(await doors.ada.client.ask(erase, { id })).toMatchObject({ eraseDirectly: { kind: 'ERASE' } });
    const { rows } = await doors.under.admin.query<{ action: string }>(
      `select action from audit_entries where workspace_id = $1 and target = $2 order by seq`,
      [doors.bea.workspaceId, id],
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'privacy-request.ask-controller',
      'privacy-request.match',
      'privacy-request.erase-directly',
    ]);
  });

  it('answers what no workspace owns', async () => {
    const code = await doors.asked({ text: 'delete me', email: 'nobody@example.com' });
    await doors.lookedFor();
    await doors.ada.client.ask(
      'mutation ($id: ID!) { settleInstancePrivacyRequest(id: $id, answer: "We know nobody") { id } }',
      {
        id: await idOf(code),
      },
    );
    expect((await doors.stateOf(code)).status).toBe('COMPLETED');
  });
});

describe("members' own requests", () => {
  const open = `mutation ($kind: PrivacyRequestKind!, $rectification: JSON) {
    done: openOwnPrivacyRequest(kind: $kind, note: "please", rectification: $rectification) { id status receivedAt dueAt history { status } } }`;

  it.each(['ACCESS', 'ERASE', 'RESTRICT', 'PORT', 'OBJECT', 'OBJECT_AUTOMATED'])(
    '%s: opened by being signed in, seven days, on the operator’s desk [promise 74]',
    async (kind) => {
      const { client } = await doors.under.inbox(`Own-${kind}`);
      const { done } = await client.ask<{ done: { id: string; status: string; receivedAt: string; dueAt: string } }>(
        open,
        { kind },
      );
      expect(done.status).toBe('IN_PROGRESS');
      expect((Date.parse(done.dueAt) - Date.parse(done.receivedAt)) / 86_400_000).toBeCloseTo(7, 1);
      expect(await client.ask('{ ownPrivacyRequests { id } }')).toEqual({ ownPrivacyRequests: [{ id: done.id }] });
      expect(
        await doors.bea.client.ask<{ ownPrivacyRequests: { id: string }[] }>('{ ownPrivacyRequests { id } }'),
      ).not.toMatchObject({
        ownPrivacyRequests: expect.arrayContaining([{ id: done.id }]) as unknown,
      });
    },
    20_000,
  );

  it('RECTIFY puts the name right at once [promise 74]', async () => {
    const { client } = await doors.under.inbox('Wrnog');
    const { done } = await client.ask<{ done: { status: string } }>(open, {
      kind: 'RECTIFY',
      rectification: { name: 'Right' },
    });
    expect(done.status).toBe('COMPLETED');
    expect(await client.ask('{ viewer { name } }')).toEqual({ viewer: { name: 'Right' } });
  });
});

it('members are told of what is due soon, and no longer once it is settled [promise 72]', async () => {
  const { openPrivacyRequest } = await doors.ada.client.ask<{ openPrivacyRequest: { id: string } }>(
    'mutation { openPrivacyRequest(input: { kind: ACCESS, subject: { handle: "late" } }) { id } }',
  );
  const { rows } = await doors.under.admin.query<{ days: number }>(
    `select extract(epoch from due_at - now()) / 86400 as days from due where kind = 'remind-of-privacy-request' and row_id = $1`,
    [openPrivacyRequest.id],
  );
  expect(Number(rows[0]?.days)).toBeCloseTo(25, 1);
  await doors.under.admin.query("update privacy_requests set due_at = now() + interval '4 days' where id = $1", [
    openPrivacyRequest.id,
  ]);
  await doors.under.admin.query(
    "update due set due_at = now() where kind = 'remind-of-privacy-request' and row_id = $1",
    [openPrivacyRequest.id],
  );
  const told = async () =>
    (
      await doors.under.admin.query("select from notifications where workspace_id = $1 and kind = 'PRIVACY_DUE'", [
        doors.ada.workspaceId,
      ])
    ).rowCount;
  await eventually(async () => (((await told()) ?? 0) > 0 ? true : null), 20_000);
}, 30_000);
