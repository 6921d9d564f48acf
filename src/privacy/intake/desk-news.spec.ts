import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';

interface Event {
  readonly __typename: string;
  readonly what?: string;
  readonly ids?: readonly string[];
}

let under: InboxUnderTest;
let ada: TestInbox;

beforeAll(async () => {
  under = await InboxUnderTest.start();
  ada = await under.inbox('Ada');
  await under.admin.query('update users set email_verified_at = now()');
}, 60_000);
afterAll(() => under.stop());

const changed = { told: expect.arrayContaining(['WorkspaceChanged']) as unknown };

it('an open desk is told of each request that comes and of each step, and of nobody else’s [promise 72]', async () => {
  const eve = await under.inbox('Eve');
  const screens = [ada, eve].map(({ client }) =>
    client.watch<Event>('subscription { inboxEvents { __typename ... on WorkspaceChanged { what ids } } }', {}),
  );
  for (const screen of screens) await screen.until((event) => event.__typename === 'CaughtUp');
  const [desk, foreign] = screens as [(typeof screens)[0], (typeof screens)[0]];
  const contact = await under.contact(ada.workspaceId);
  const opened = await under.change<{ id: string }>(
    ada,
    'mutation ($contact: ID!) { openPrivacyRequest(input: { kind: RECTIFY, subject: { contactId: $contact } }) { id } }',
    { contact },
  );
  expect(opened).toMatchObject(changed);
  const { id } = opened.answer;
  for (const step of [
    'extendPrivacyRequest(id: $id, reason: "Two countries")',
    'verifyPrivacyRequest(id: $id, evidence: "Seen")',
    'rejectPrivacyRequest(id: $id, reason: "Nothing is wrong")',
  ])
    expect(await under.change(ada, `mutation ($id: ID!) { ${step} { id } }`, { id })).toMatchObject(changed);
  const told = () =>
    desk.events.filter(({ what, ids }) => what === 'privacy-requests' && ids?.length === 1 && ids[0] === id).length;
  await desk.until(() => told() === 4);
  // One that nobody owned, and that the operator gives to the workspace.
  await fetch(`${under.app.url}/privacy/requests`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text: 'What do you have of me?' }),
  });
  const { instancePrivacyRequests } = await ada.client.ask<{ instancePrivacyRequests: { nodes: { id: string }[] } }>(
    '{ instancePrivacyRequests { nodes { id } } }',
  );
  const unowned = instancePrivacyRequests.nodes[0]?.id ?? '';
  await ada.client.ask('mutation ($id: ID!, $to: ID!) { routePrivacyRequest(id: $id, workspaceId: $to) { id } }', {
    id: unowned,
    to: ada.workspaceId,
  });
  await desk.until(({ ids }) => ids?.includes(unowned) === true);
  expect(foreign.events.filter(({ what }) => what !== undefined)).toEqual([]);
});
