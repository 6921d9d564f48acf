import { eventually } from '../support/client.js';
import { MetaStory, metaId, pageEvent } from '../stories/meta-story.js';
import { TestClient } from '../support/client.js';

let story: MetaStory;
let page: string;
const team: Record<string, { client: TestClient; id: string }> = {};

beforeAll(async () => {
  story = await MetaStory.start();
  const input = story.newPage();
  page = input.pageId;
  await story.connect('messenger', input);
}, 60_000);
afterAll(async () => {
  await Promise.all(Object.values(team).map(({ client }) => client.close()));
  await story.stop();
});

const password = 'a long enough password';
const feed = 'subscription { inboxEvents { __typename cursor ... on MessageAdded { message { id text } } } }';
interface FeedEvent {
  readonly __typename: string;
  readonly message?: { readonly text: string };
}

async function member(name: string, role: string) {
  const client = await TestClient.signedUp(story.app.url, name);
  const { rows } = await story.sql.query<{ id: string }>(
    `insert into members (workspace_id, id, user_id, role)
     select $1, gen_random_uuid(), user_id, $2 from members where workspace_id = $3 returning id`,
    [story.client.workspaceId, role, client.workspaceId],
  );
  client.workspaceId = story.client.workspaceId;
  return (team[name] = { client, id: rows[0]?.id ?? '' });
}

let sent = 0;
const arrives = async (text: string) => {
  sent += 1;
  await story.deliver(
    pageEvent('page', page, [
      {
        sender: { id: metaId('88') },
        recipient: { id: page },
        timestamp: Date.now(),
        message: { mid: `cut-${String(sent)}`, text },
      },
    ]),
  );
};

/** How somebody loses what they had, and whether they may go on as somebody less. */
const cuts: Record<string, (who: { client: TestClient; id: string }) => Promise<unknown>> = {
  'is removed': ({ id }) => story.client.ask('mutation ($id: ID!) { removeMember(memberId: $id) }', { id }),
  'has their password changed elsewhere': async ({ client }) => {
    const elsewhere = new TestClient(story.app.url);
    const { viewer } = await client.ask<{ viewer: { email: string } }>('{ viewer { email } }');
    const input = { email: viewer.email, password };
    await elsewhere.ask('mutation ($input: SignInInput!) { signIn(input: $input) { id } }', { input });
    await elsewhere.ask('mutation ($c: String!, $n: String!) { changePassword(current: $c, next: $n) }', {
      c: password,
      n: 'another horse battery',
    });
  },
  'signs out': ({ client }) => client.ask('mutation { signOut }'),
  'is paused, because the plan has fewer seats': ({ id }) =>
    story.sql.query('update members set frozen = true where id = $1', [id]),
};

describe('an open subscription of somebody who may not see it any more (case A6)', () => {
  it.each(Object.keys(cuts))('tells nothing more once they are cut off: somebody %s', async (how) => {
    const who = await member(`Cut${String(Object.keys(team).length)}`, 'EDITOR');
    const watch = who.client.watch<FeedEvent>(feed);
    const other = story.client.watch<FeedEvent>(feed);
    for (const one of [watch, other]) await one.until(({ __typename }) => __typename === 'CaughtUp');
    await arrives(`before: ${how}`);
    for (const one of [watch, other]) await one.until(({ message }) => message?.text === `before: ${how}`);

    await cuts[how]?.(who);
    expect(await who.client.refusal('{ conversations { nodes { id } } }')).not.toBeNull();
    await eventually(() => Promise.resolve(watch.error === null ? null : true), 5_000);
    const known = watch.events.length;
    // The ledger of what happens afterwards: somebody else's screen hears all of it, theirs nothing.
    for (let n = 0; n < 5; n += 1) await arrives(`after ${String(n)}: ${how}`);
    await other.until(({ message }) => message?.text === `after 4: ${how}`);
    expect(watch.events.slice(known)).toEqual([]);
    expect(JSON.stringify(watch.events)).not.toContain(`after`);
    const again = who.client.watch<FeedEvent>(feed);
    await eventually(() => Promise.resolve(again.error === null ? null : true), 5_000);
    expect(again.events).toEqual([]);
    other.end();
  });

  it('does what the lesser role may and no more, from the moment the role is dropped', async () => {
    const who = await member('Dropped', 'ADMIN');
    const watch = who.client.watch<FeedEvent>(feed);
    await watch.until(({ __typename }) => __typename === 'CaughtUp');
    const rename = 'mutation { updateWorkspace(input: { name: "Theirs" }) { id } }';
    expect(await who.client.refusal(rename)).toBeNull();
    await story.client.ask('mutation ($id: ID!) { changeRole(memberId: $id, role: VIEWER) { id } }', { id: who.id });
    expect(await who.client.refusal(rename)).toBe('FORBIDDEN');
    // Over the socket that was opened as an admin too.
    const refused = await new Promise<string>((resolve, reject) =>
      watch.client.subscribe(
        { query: rename },
        {
          next: ({ errors }) => resolve(String(errors?.[0]?.extensions?.['code'])),
          error: reject,
          complete: () => undefined,
        },
      ),
    );
    expect(refused).toBe('FORBIDDEN');
    // What a viewer may see goes on.
    await arrives('for viewers too');
    await watch.until(({ message }) => message?.text === 'for viewers too');
  });
});
