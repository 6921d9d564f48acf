import { InboxUnderTest, type TestInbox } from '../../../../test/support/inbox.js';

const contacts = 12_000;

let under: InboxUnderTest;
let ada: TestInbox;
beforeAll(async () => {
  under = await InboxUnderTest.start();
  ada = await under.inbox('Ada');
  // Whoever came n-th was last heard of n minutes ago; many share a moment, as they do after an import.
  await under.admin.query(
    `insert into contacts (workspace_id, id, name, emails, tags, custom_fields, blocked, answer_only, first_seen_at, last_seen_at)
     select $1, gen_random_uuid(), 'Customer ' || n, case when n % 3 = 0 then array['c' || n || '@example.com'] else '{}' end,
            array_remove(array['all', case when n % 2 = 0 then 'often' end, case when n % 300 = 0 then 'some' end,
                               case when n % 3000 = 0 then 'rare' end, case when n > 5000 then 'old' end,
                               case when n > 11000 and n % 2 = 0 then 'oldest' end], null),
            jsonb_build_object('Orders', n % 1000, 'Number', n), n % 4000 = 7, n % 11 = 0,
            now() - interval '1 year', now() - make_interval(mins => n - n % 5)
       from generate_series(1, $2::int) n`,
    [ada.workspaceId, contacts],
  );
}, 60_000);
afterAll(() => under.stop());

/** Every page there is, one after the other. */
async function walked(variables: Record<string, unknown>, first: number): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null = null, more = true; more;) {
    const {
      contacts: page,
    }: { contacts: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } } =
      await ada.client.ask(
        `query ($filter: ContactFilter, $tag: String, $first: Int, $after: String) {
           contacts(filter: $filter, tag: $tag, first: $first, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
        { ...variables, first, after },
      );
    ids.push(...page.nodes.map(({ id }) => id));
    ({ hasNextPage: more, endCursor: after } = page.pageInfo);
  }
  return ids;
}

/** The same by reading everybody, with no row security in the way. */
async function read(condition: string): Promise<string[]> {
  const { rows } = await under.admin.query<{ id: string }>(
    `select id from contacts where workspace_id = $1 and merged_into is null and ${condition} order by last_seen_at desc, id desc`,
    [ada.workspaceId],
  );
  return rows.map(({ id }) => id);
}

const atLeast = (key: string, value: number) => ({ fields: [{ key, comparison: 'AT_LEAST', value }] });
const used = 'not answer_only';
const cases: [what: string, variables: Record<string, unknown>, condition: string][] = [
  ['half of all', { filter: { tags: ['often'] } }, `${used} and 'often' = any (tags)`],
  ['some, here and there', { filter: { tags: ['some'] } }, `${used} and 'some' = any (tags)`],
  ['a few', { filter: { tags: ['rare'] } }, `${used} and 'rare' = any (tags)`],
  ['many, all of them far down', { filter: { tags: ['old'] } }, `${used} and 'old' = any (tags)`],
  ['a few, all of them at the end', { filter: { tags: ['oldest'] } }, `${used} and 'oldest' = any (tags)`],
  [
    'several things of many each',
    { filter: { tags: ['old', 'often'], hasEmail: true } },
    `${used} and tags @> '{old,often}' and emails <> '{}'`,
  ],
  [
    'a number that one in a hundred reaches',
    { filter: atLeast('Orders', 990) },
    `${used} and (custom_fields ->> 'Orders')::int >= 990`,
  ],
  [
    'a number that only the last reach',
    { filter: atLeast('Number', 11_990) },
    `${used} and (custom_fields ->> 'Number')::int >= 11990`,
  ],
  ['nobody', { filter: { tags: ['none'] } }, 'false'],
  ['who is blocked', { filter: { blocked: true } }, `${used} and blocked`],
  ['who is not', { filter: { blocked: false, hasEmail: false } }, `${used} and not blocked and emails = '{}'`],
  [
    'not heard of for some days',
    { filter: { tags: ['some'], notSeenForDays: 3 } },
    `${used} and 'some' = any (tags) and last_seen_at < now() - interval '3 days'`,
  ],
  ['a label by itself, whoever has it', { tag: 'rare' }, `'rare' = any (tags)`],
  ['a label by itself that many have', { tag: 'old' }, `'old' = any (tags)`],
];

it.each(cases)('finds %s, page by page, each once and in order', async (_, variables, condition) => {
  const wanted = await read(condition);
  expect(await walked(variables, 100)).toEqual(wanted);
  // The first page of another length is the same list.
  const first = (await walked(variables, 37)).slice(0, 37);
  expect(first).toEqual(wanted.slice(0, 37));
});
