import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../../src/platform/database/index.js';
import { Dashboard } from '../browser/dashboard.js';
import { Customers, ayse } from '../browser/playing-customers.js';
import { TestBrowser } from '../support/browser.js';
import { TestClient, type Watch, eventually } from '../support/client.js';
import { ownSite } from './harness/own-site.js';
import { connectedOwner } from './harness/run-deliveries.js';
import type { SiteProcess } from './harness/site.js';

interface Event {
  readonly memberId: string;
  readonly member: { readonly online: boolean } | null;
}
type Person = Readonly<Record<'id' | 'cookie' | 'workspaceId', string>>;

/** What is promised after a crash. */
const goneWithin = 30_000;

/** Two servers, one of which dies with the pages of people at it (UX-13). */
describe('who is here when a server is killed', () => {
  const clients: TestClient[] = [];
  let ada: Person;
  let bob: Person;
  let eve: Person;

  const site = ownSite({ apis: 2 }, async (started) => {
    const owner = await connectedOwner(started.api.url);
    const workspaceId = owner.workspaceId ?? '';
    const join = async (name: string): Promise<Person> => {
      const client = await TestClient.signedUp(started.api.url, name);
      const id = newId();
      await started.ask(
        `insert into members (workspace_id, id, user_id, role)
         select $1::uuid, $2::uuid, user_id, 'EDITOR' from members where workspace_id = $3`,
        [workspaceId, id, client.workspaceId],
      );
      return { id, cookie: client.cookie ?? '', workspaceId };
    };
    const [{ id }] = (await started.ask('select id from members where workspace_id = $1', [workspaceId])) as [
      { id: string },
    ];
    ada = { id, cookie: owner.cookie ?? '', workspaceId };
    bob = await join('Bob');
    eve = await join('Eve');
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.close();
    if (second().ended) await second().start();
  }, 60_000);

  /** A page of somebody, at one of the servers. */
  function page({ cookie, workspaceId }: Person, at: SiteProcess): Watch<Event> {
    const client = new TestClient(at.url);
    Object.assign(client, { cookie, workspaceId });
    clients.push(client);
    return client.watch<Event>('subscription { presence { memberId member { online } } }');
  }
  const second = () => site().apis[1] ?? site().api;
  const of = (person: Person, online: boolean) => (event: Event) =>
    event.memberId === person.id && event.member?.online === online;
  const told = (watch: Watch<Event>, person: Person) =>
    watch.events.filter(({ memberId }) => memberId === person.id).map(({ member }) => member?.online);

  /** Waits until the time of all who were here is up. */
  async function nobodyHere(): Promise<void> {
    await eventually(async () => {
      const here = await site().ask('select from presences where until > now()');
      return here.length === 0 ? true : null;
    }, 60_000);
  }

  /** Kills the server at which Bob and Eve are; Eve has another page at the first one. Gives when Bob was gone. */
  async function crash(beside: () => Promise<void> = async () => undefined): Promise<number> {
    const adas = page(ada, site().api);
    await adas.until(of(ada, true));
    page(bob, second());
    page(eve, second());
    const evesOther = page(eve, site().api);
    await Promise.all([adas.until(of(bob, true)), adas.until(of(eve, true)), evesOther.until(of(bob, true))]);
    // It has said at least once more that they are here.
    await sleep(11_000);
    await Promise.all([second().kill(), beside()]);
    const since = performance.now();
    await Promise.all([adas.until(of(bob, false), goneWithin), evesOther.until(of(bob, false), goneWithin)]);
    const gone = performance.now() - since;
    // Whoever has another page is not gone, neither before nor once all time of the dead one is up.
    await sleep(5_000);
    expect(told(adas, eve)).toEqual([true]);
    expect(told(adas, bob)).toEqual([true, false]);
    // What she heard of herself before she was noted does not count.
    expect(told(adas, ada).at(-1)).toBe(true);
    return gone;
  }

  it('those whose pages were at it alone are gone within half a minute, and come back with it', async () => {
    const gone = await crash();
    await second().start();
    const watch = page(ada, site().api);
    page(bob, second());
    await watch.until(of(bob, true), 10_000);
    process.stdout.write(`${JSON.stringify({ goneAfterSeconds: Math.round(gone / 100) / 10 })}\n`);
  }, 180_000);

  it('also where Redis dies in the same moment', async () => {
    await nobodyHere();
    await crash(() => site().killRedis());
  }, 240_000);

  it('on the screens of the others too: who is online, and who looks at a conversation', async () => {
    await nobodyHere();
    const browser = await TestBrowser.launch();
    const sit = async ({ cookie, workspaceId }: Person, { url }: SiteProcess) => {
      const { page: screen, context } = await browser.person();
      const [name = '', value = ''] = cookie.split(/=(.*)/su);
      await context.addCookies([{ name, value, url }]);
      await screen.goto(`${url}/w/${workspaceId}/inbox/open`);
      const pages = new Dashboard(screen, url);
      await pages.row(ayse.name).click();
      await pages.message('Is anybody there?').waitFor();
      return { screen, context };
    };
    await new Customers(site().sandbox.url).write(ayse, 'Is anybody there?');
    const adas = await sit(ada, site().api);
    await sit(bob, second());
    const members = await adas.context.newPage();
    await members.goto(`${site().api.url}/w/${ada.workspaceId}/settings/members`);
    const bobs = members.getByRole('listitem').filter({ hasText: 'Bob' });
    await bobs.getByText('online').waitFor();
    await adas.screen.bringToFront();
    const looks = adas.screen.getByText('Bob is looking');
    await looks.waitFor();
    await second().kill();
    await looks.waitFor({ state: 'detached', timeout: goneWithin });
    await bobs.getByText('away').waitFor({ timeout: goneWithin });
    await browser.close();
  }, 180_000);
});
