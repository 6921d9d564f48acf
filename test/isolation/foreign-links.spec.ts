import { newId } from '../../src/platform/database/index.js';
import { FileStore } from '../../src/platform/files/index.js';
import { upload } from '../support/uploads.js';
import { readPermissionTable } from './permission-table.js';
import { routeClasses } from './route-classes.js';
import { TwoInboxes } from './two-inboxes.js';

describe('the routes beside GraphQL', () => {
  let both: TwoInboxes;
  let store: FileStore;
  let before: Record<string, string>;

  beforeAll(async () => {
    both = await TwoInboxes.start();
    store = both.story.app.app.get(FileStore);
    before = await both.hashes(both.b);
  }, 60_000);
  afterAll(() => both.stop());
  afterEach(async () => expect(await both.hashes(both.b)).toEqual(before));

  /** An answer without what is different each time, asked for with A's cookie and in A's workspace. */
  async function answer(path: string, method = 'GET'): Promise<{ status: number; bare: string; body: string }> {
    const response = await fetch(`${both.story.app.url}${path}`, { method, headers: both.a.client.headers() });
    const body = await response.text();
    const headers = [...response.headers].filter(([name]) => !['date', 'x-request-id'].includes(name)).sort();
    const bare = `${String(response.status)} ${JSON.stringify(headers)} ${body.replace(/"requestId":"[^"]*"/, '')}`;
    return { status: response.status, bare, body };
  }

  it('T8: every route says what it is asked for by', () => {
    const routes = [...readPermissionTable().keys()].filter((name) => /^[A-Z]+ \//.test(name)).sort();
    expect(routes).toEqual(Object.keys(routeClasses).sort());
    // One with a place in its path can be asked for what is another's, whatever the table says of it.
    expect(routes.filter((route) => route.includes(':') && routeClasses[route] === 'nothing of a workspace')).toEqual(
      [],
    );
  });

  it('T8: what is asked for by nothing shows nothing of anybody', async () => {
    const open = Object.entries(routeClasses).filter(([, kind]) => kind === 'nothing of a workspace');
    expect(open.length).toBeGreaterThan(4);
    for (const [route] of open) {
      const [method = '', path = ''] = route.split(' ');
      const { body } = await answer(path, method);
      expect([route, both.traces(body, both.b, ''), both.traces(body, both.a, '')]).toEqual([route, [], []]);
    }
  });

  it("T8: a document or a code is not found by another's id, nor by one that never was, nor by one that is none", async () => {
    const named = Object.entries(routeClasses).filter(
      ([route, kind]) => route.includes(':') && !kind.includes('signed'),
    );
    expect(named.length).toBeGreaterThan(2);
    for (const [route] of named) {
      const [method = '', path = ''] = route.split(' ');
      const asked = (id: string) => answer(path.replaceAll(/:\w+/g, id), method);
      const unknown = await asked(newId());
      expect([route, unknown.status]).toEqual([route, 404]);
      for (const id of [both.b.workspaceId, both.b.ids.file, 'none', '%00', "'"])
        expect([route, id, (await asked(id)).bare]).toEqual([route, id, unknown.bare]);
    }
  });

  it("T8: a workspace is asked for by its members; another's is answered as one that never was", async () => {
    const asked = Object.entries(routeClasses).filter(([, kind]) => kind === 'a workspace');
    expect(asked.length).toBeGreaterThan(0);
    for (const [route] of asked) {
      const [method = '', path = ''] = route.split(' ');
      const of = async (workspace: string, header: boolean) => {
        const headers = both.a.client.headers();
        delete headers['x-workspace-id'];
        if (header) headers['x-workspace-id'] = workspace;
        const url = `${both.story.app.url}${path}${header ? '' : `?workspace=${encodeURIComponent(workspace)}`}`;
        const response = await fetch(url, { method, headers });
        return `${String(response.status)} ${(await response.text()).replace(/"requestId":"[^"]*"/, '')}`;
      };
      for (const header of [true, false]) {
        expect(await of(both.a.workspaceId, header)).toMatch(/^200 /);
        const unknown = await of(newId(), header);
        expect([route, unknown]).toEqual([route, expect.stringMatching(/^404 /)]);
        for (const workspace of [both.b.workspaceId, 'none', "'"])
          expect([route, workspace, await of(workspace, header)]).toEqual([route, workspace, unknown]);
      }
    }
  });

  it("T8: what is asked for by its id is answered to its own workspace; another's as one that never was", async () => {
    const asked = Object.entries(routeClasses).filter(([, kind]) => kind.startsWith('a workspace, and the id of'));
    expect(asked.length).toBeGreaterThan(0);
    for (const [route, kind] of asked) {
      const [method = '', path = ''] = route.split(' ');
      const of = async (id: string) => {
        const headers = both.a.client.headers();
        const response = await fetch(`${both.story.app.url}${path.replace(':id', id)}`, { method, headers });
        return `${String(response.status)} ${(await response.text()).replace(/"requestId":"[^"]*"/, '')}`;
      };
      const named = kind.endsWith('import') ? ('import' as const) : ('conversation' as const);
      expect([route, await of(both.a.ids[named])]).toEqual([route, expect.stringMatching(/^200 /)]);
      const unknown = await of(newId());
      expect([route, unknown]).toEqual([route, expect.stringMatching(/^404 /)]);
      for (const id of [both.b.ids[named], 'none', '%00', "'"])
        expect([route, id, await of(id)]).toEqual([route, id, unknown]);
    }
  });

  it("T8: a file is put into a workspace by its members; another's is answered as one that never was", async () => {
    const into = async (workspace: string) => {
      const headers = { ...both.a.client.headers(), 'x-workspace-id': workspace };
      const { status, body } = await upload(both.a.client, Buffer.from('aardvark'), 'a.txt', { headers });
      return `${String(status)} ${JSON.stringify({ ...body, requestId: '' })}`;
    };
    expect(await into(both.a.workspaceId)).toMatch(/^201 /);
    const unknown = await into(newId());
    expect(unknown).toMatch(/^404 /);
    for (const workspace of [both.b.workspaceId, 'none', "'"])
      expect([workspace, await into(workspace)]).toEqual([workspace, unknown]);
    const named = Object.entries(routeClasses).filter(([, kind]) => kind === 'a workspace, with a file');
    expect(named.map(([route]) => route)).toEqual(['POST /files']);
  });

  it("T8 U3: a link opens one file of one workspace, and another's is answered as one that never was [promise 23]", async () => {
    const [a, b] = [both.a.workspaceId, both.b.workspaceId];
    const [own, theirs, never] = [both.a.ids.file, both.b.ids.file, newId()];
    const nowhere = newId();
    const signed = (workspaceId: string, id: string) => {
      const url = new URL(store.sign(workspaceId, id).url);
      return { path: url.pathname, query: url.search };
    };
    const mine = signed(a, own);
    expect((await answer(`${mine.path}${mine.query}`)).body).toContain('aardvark');
    const good = signed(b, theirs);
    expect((await answer(`${good.path}${good.query}`)).body).toContain('buffalo');

    /** Each way to reach for a file of another, as a function of the workspace and the file, to be tried with ones that never were. */
    const reaches: Record<string, (workspaceId: string, id: string) => string> = {
      'with the signature of an own link': (w, id) => `/files/${w}.${id}${mine.query}`,
      'in one’s own workspace with the signature of an own link': (_, id) => `/files/${a}.${id}${mine.query}`,
      'one’s own file in their workspace': (w) => `/files/${w}.${own}${mine.query}`,
      'without a signature': (w, id) => `/files/${w}.${id}`,
      'with an empty signature': (w, id) => `/files/${w}.${id}?expires=99999999999999&signature=`,
      'for longer than it was signed': (w, id) =>
        `${signed(w, id).path}${signed(w, id).query.replace(/expires=\d+/, 'expires=99999999999999')}`,
      'with a signature cut short': (w, id) => `${signed(w, id).path}${signed(w, id).query.slice(0, -2)}`,
      'with two signatures': (w, id) => `/files/${w}.${id}${mine.query}&signature=x`,
      'by the id alone': (_, id) => `/files/${id}${mine.query}`,
      'by a path': (w, id) => `/files/..%2f${w}%2f${id.slice(-2)}%2f${id}${mine.query}`,
      'with a NUL': (w, id) => `/files/${w}.${id}%00${mine.query}`,
      'in capitals': (w, id) => `/files/${w.toUpperCase()}.${id.toUpperCase()}${mine.query}`,
      'in one’s own workspace, signed by the server': (_, id) => `${signed(a, id).path}${signed(a, id).query}`,
      'in a workspace that never was, signed by the server': (_, id) => {
        const link = signed(nowhere, id);
        return `${link.path}${link.query}`;
      },
    };
    const telling: string[] = [];
    for (const [what, reach] of Object.entries(reaches)) {
      const [foreign, unknown] = [await answer(reach(b, theirs)), await answer(reach(nowhere, never))];
      if (foreign.bare !== unknown.bare) telling.push(`${what}: ${foreign.bare} instead of ${unknown.bare}`);
      if (foreign.status < 400 || foreign.body.includes('buffalo')) telling.push(`${what} opens: ${foreign.body}`);
    }
    expect(telling).toEqual([]);
  });
});
