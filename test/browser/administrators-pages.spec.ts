import { buildSchema, parse, validate } from 'graphql';
import { examples } from '../../apps/graphiql/src/examples.js';
import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { type TestClient, eventually } from '../support/client.js';
import { Team, type Teammate } from '../support/team.js';
import { Queues } from '../../src/platform/queue/index.js';
import { Canaries } from '../canaries/canaries.js';
import { Dashboard, buildDashboard } from './dashboard.js';

let team: Team;
let browser: TestBrowser;
let person: WatchedPage;

beforeAll(async () => {
  await buildDashboard();
  [team, browser] = await Promise.all([Team.start(), TestBrowser.launch()]);
  person = await browser.person();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await team.stop();
});

const get = (path: string, who: TestClient | null, init: RequestInit = {}) =>
  fetch(`${team.app.url}${path}`, {
    redirect: 'manual',
    ...init,
    headers: { ...who?.headers(), ...(init.headers as Record<string, string> | undefined) },
  });

/** Signs somebody's browser in, by the cookie that they have. */
async function signIn({ context }: WatchedPage, { client }: Teammate): Promise<void> {
  const [name = '', value = ''] = (client.cookie ?? '').split(/=(.*)/s);
  await context.addCookies([{ name, value, url: team.app.url }]);
}

describe('the page for GraphQL', () => {
  it('has examples that the schema knows', async () => {
    const schema = buildSchema(await (await get('/schema.graphql', null)).text());
    for (const { id, query } of examples) expect([id, validate(schema, parse(query))]).toEqual([id, []]);
    expect(validate(schema, parse('{ conversations { nothing } }'))).not.toEqual([]);
  });

  it('sends who is not signed in to the sign-in page, and lets them come back', async () => {
    browser.expectTrouble(/status of 401/);
    const { page } = person;
    await page.goto(`${team.app.url}/graphiql`);
    await page.getByRole('link', { name: 'Sign in, then come back here' }).click();
    await page.getByLabel('E-mail').fill(team.owner.email);
    await page.getByLabel('Password').fill('a long enough password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/graphiql');
    await page.getByLabel('Workspace').waitFor();
  }, 60_000);

  it('asks this server alone, runs a query and a subscription, and is accessible', async () => {
    const { page } = person;
    const pane = new Dashboard(page, team.app.url);
    const answer = page.getByRole('region', { name: 'Result Window' });
    // The editor is there a moment after the page.
    await expectText(page.locator('.graphiql-query-editor'), 'ListConversations');
    await page.getByRole('button', { name: /Execute query/ }).click();
    await expectText(answer, 'nodes');
    await page.getByRole('button', { name: 'Show Examples' }).click();
    await page.getByRole('button', { name: /^Watch the inbox/ }).click();
    await page.getByRole('button', { name: /Execute query/ }).click();
    await expectText(answer, 'CaughtUp');
    await page.getByRole('button', { name: /Stop query/ }).click();
    // The header that names the workspace is there to be seen.
    await expectText(page.locator('.graphiql-editors'), team.workspaceId);
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page
      .getByRole('link', { name: 'Query' })
      .or(page.getByText('Query', { exact: true }))
      .first()
      .waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect([colorScheme, await pane.violations()]).toEqual([colorScheme, []]);
    }
    expect(await page.evaluate('Object.keys(localStorage).filter((key) => key.includes("graphiql"))')).toEqual([]);
    expect(browser.troubles()).toEqual([]);
  }, 60_000);
});

describe('the queues', () => {
  it('are there for the operator, and for nobody else', async () => {
    const [admin, stranger] = [await team.member('ADMIN'), await team.person()];
    const places = [
      '/admin/queues',
      '/admin/queues/queue/draft-reply',
      '/admin/queues/api/queues',
      '/admin/queues/static/images/logo.svg',
    ];
    for (const place of places) {
      const answers = [null, admin.client, stranger.client, team.owner.client].map(
        async (who) => (await get(place, who)).status,
      );
      expect([place, ...(await Promise.all(answers))]).toEqual([place, 401, 404, 404, 200]);
    }
    for (const place of [
      '/admin/queues/static/../../package.json',
      '/admin/queues/static/%2e%2e/index.ejs',
      '/admin/queues/api/nothing',
    ])
      expect([place, (await get(place, team.owner.client)).status]).toEqual([place, 404]);
  });

  it('show ids and no words, and can be changed by nobody', async () => {
    const canaries = new Canaries();
    const token = canaries.plant('a token', 'token');
    const words = canaries.plant('a customer’s words', 'words');
    const queue = team.app.app.get(Queues).opened.get('draft-reply');
    if (queue === undefined) throw new Error('There is no such queue.');
    await queue.pause();
    const ids = { workspaceId: team.workspaceId, rowId: team.owner.id };
    // Somebody forgot that a job is two ids, and another that an error is shown.
    const held = await queue.add(words, { ...ids, token, text: words, workspace: { words } }, { jobId: 'planted' });
    await held.log(words);
    await held.progress({ words });
    await queue.client.hset(queue.toKey('planted'), {
      failedReason: `TypeError: it said: ${words} ${token}`,
      stacktrace: JSON.stringify([`TypeError: ${words}`]),
      returnvalue: JSON.stringify({ words }),
    });
    const list = async () => {
      const response = await get(
        '/admin/queues/api/queues?activeQueue=draft-reply&page=1&jobsPerPage=10',
        team.owner.client,
      );
      return response.text();
    };
    expect(JSON.parse(await list())).toMatchObject({
      queues: expect.arrayContaining([expect.objectContaining({ name: 'draft-reply', readOnlyMode: true })]),
    });
    const places = [
      'queues?activeQueue=draft-reply&page=1&jobsPerPage=10',
      'queues?activeQueue=draft-reply&status=failed&page=1&jobsPerPage=10',
      'queues/draft-reply/planted',
      'queues/draft-reply/planted/logs',
    ];
    const told = await Promise.all(
      places.map((place) => get(`/admin/queues/api/${place}`, team.owner.client).then((response) => response.text())),
    );
    for (const said of [await list(), ...told])
      for (const canary of canaries.all)
        expect([canary.what, said.includes(canary.mark)]).toEqual([canary.what, false]);
    // They are there, with what they are.
    expect(told[2]).toContain(`"data":${JSON.stringify(ids)}`);
    expect(told[2]).toContain('"failedReason":"TypeError"');
    expect(told[3]).toContain('NOT_FOUND');
    for (const [method, place] of [
      ['PUT', 'pause'],
      ['PUT', 'draft-reply/clean/waiting'],
      ['PUT', 'draft-reply/retry/failed'],
      ['POST', 'draft-reply/add'],
    ] as const)
      for (const origin of [team.app.url, 'https://evil.example']) {
        const response = await get(`/admin/queues/api/queues/${place}`, team.owner.client, {
          method,
          headers: { origin, 'content-type': 'application/json' },
          body: '{}',
        });
        expect([method, place, origin, response.status]).toEqual([method, place, origin, 404]);
      }
    await held.remove();
    await queue.resume();
    // Another site's page brings the cookie along in vain.
    expect(
      (await get('/admin/queues/api/queues', team.owner.client, { headers: { origin: 'https://evil.example' } }))
        .status,
    ).toBe(401);
  });

  it('stand in a page that asks this server alone', async () => {
    const operator = await browser.person();
    await signIn(operator, team.owner);
    await operator.page.goto(`${team.app.url}/admin/queues`);
    await operator.page.getByText('draft-reply').first().click();
    await operator.page.waitForURL('**/admin/queues/queue/draft-reply**');
    await eventually(async () => ((await operator.page.getByText('draft-reply').count()) > 0 ? true : null));
    expect(browser.troubles()).toEqual([]);
  }, 60_000);
});

async function expectText(place: { textContent(): Promise<string | null> }, words: string): Promise<void> {
  let said = '';
  await eventually(
    async () => ((said = (await place.textContent()) ?? '').includes(words) ? true : null),
    10_000,
  ).catch(() => expect(said).toContain(words));
}
