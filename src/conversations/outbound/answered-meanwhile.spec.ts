import type { GraphQLAnswer } from '../../../test/support/client.js';
import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { arrivalOf, newId, uuidAt } from '../../platform/database/index.js';

let under: InboxUnderTest;
let ada: TestInbox;
let bob: TestInbox;

beforeAll(async () => {
  under = await InboxUnderTest.start();
  ada = await under.inbox('Ada');
  bob = await under.colleague(ada, 'Bob');
}, 60_000);
afterAll(() => under.stop());

const minute = 60_000;
let key = 0;
const send = ({ client }: TestInbox, conversationId: string, seenMessageId: string | null, idempotencyKey?: string) =>
  client.post<{ sendMessage: { id: string } }>(
    'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }',
    {
      input: {
        conversationId,
        seenMessageId,
        text: 'An answer',
        idempotencyKey: idempotencyKey ?? `key ${String(++key)}`,
      },
    },
  );
const outcome = ({ data, errors }: GraphQLAnswer<{ sendMessage: { id: string } }>) =>
  errors?.[0] === undefined
    ? (data?.sendMessage.id ?? '')
    : `${errors[0].extensions.code} ${errors[0].extensions.field ?? ''}`;
const conflict = 'CONFLICT seenMessageId';
const thread = () => under.conversation(ada, { last_inbound_at: new Date() });
const answered = { direction: 'OUTBOUND', status: 'SENT' } as const;

it('asks before it sends where somebody else has answered since, and sends once that was seen', async () => {
  const id = await thread();
  const question = await under.message(ada, id);
  const reply = outcome(await send(bob, id, question));
  expect(reply).toMatch(/^[0-9a-f-]{36}$/);
  expect(outcome(await send(ada, id, question, 'same'))).toBe(conflict);
  // Nothing was stored of it, so the same key sends it; and having been sent, it is given again whatever was seen.
  const sent = outcome(await send(ada, id, reply, 'same'));
  expect(sent).toMatch(/^[0-9a-f-]{36}$/);
  expect(outcome(await send(ada, id, question, 'same'))).toBe(sent);
  expect(outcome(await send(bob, id, null))).toMatch(/^[0-9a-f-]{36}$/);
});

it.each([
  ['a bot', { ...answered, author: 'BOT' }, true],
  ['a colleague on a telephone', { ...answered, author: 'MEMBER' }, true],
  ['a word of absence', { ...answered, author: 'SYSTEM' }, false],
  ['the customer', { direction: 'INBOUND', author: 'CONTACT' }, false],
  ['a note', { direction: 'NOTE', author: 'MEMBER', status: 'SENT' }, false],
  ['an answer that was canceled', { direction: 'OUTBOUND', author: 'MEMBER', status: 'CANCELED' }, false],
  ['an answer that was taken back', { ...answered, author: 'MEMBER', deleted_at: new Date() }, false],
])('takes %s for what it is', async (_, columns, refused) => {
  const id = await thread();
  const question = await under.message(ada, id);
  await under.message(ada, id, columns);
  const said = outcome(await send(ada, id, question));
  if (refused) expect(said).toBe(conflict);
  else expect(said).toMatch(/^[0-9a-f-]{36}$/);
});

it("is not held up by the member's own answers, or by what stood there before", async () => {
  const id = await thread();
  await under.message(ada, id, { ...answered, author: 'MEMBER', member_id: bob.member.memberId });
  const question = await under.message(ada, id);
  await under.message(ada, id, { ...answered, author: 'MEMBER', member_id: ada.member.memberId });
  expect(outcome(await send(ada, id, question))).toMatch(/^[0-9a-f-]{36}$/);
});

it('counts when an answer came, not when it was written', async () => {
  const id = await thread();
  const now = Date.now();
  const question = await under.message(ada, id, { id: uuidAt(now - minute, now - minute) });
  // Written on a telephone before the question, and heard of after it.
  await under.message(ada, id, { ...answered, author: 'MEMBER', id: uuidAt(now - 5 * minute, now - 1_000) });
  expect(outcome(await send(ada, id, question))).toBe(conflict);
});

it('reads the arrival off an id', () => {
  const sent = Date.UTC(2026, 10, 22, 12, 0, 0, 123);
  for (const late of [0, 1, 16_383, 16_384, minute, 18 * 3_600_000])
    expect(arrivalOf(uuidAt(sent, sent + late))).toBe(sent + late);
});

it('lets one of several who answer the same at the same moment through', async () => {
  for (let round = 0; round < 6; round += 1) {
    const id = await thread();
    const question = await under.message(ada, id);
    const said = (await Promise.all([ada, bob, ada, bob].map((one) => send(one, id, question)))).map(outcome);
    const { rows } = await under.admin.query<{ member_id: string }>(
      `select distinct member_id from messages where conversation_id = $1 and direction = 'OUTBOUND'`,
      [id],
    );
    // Whoever was first may go on; the other is asked each time.
    expect([rows.length, said.filter((one) => one === conflict).length]).toEqual([1, 2]);
  }
}, 20_000);

it('refuses a message of another conversation as one that never was', async () => {
  const id = await thread();
  const other = await under.message(ada, await thread());
  for (const seen of [other, newId(), 'no id']) expect(outcome(await send(ada, id, seen))).toBe('NOT_FOUND ');
});
