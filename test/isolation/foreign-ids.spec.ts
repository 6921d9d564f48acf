import { argumentClasses, type IdKind } from './argument-classes.js';
import { GraphQLProbes, strangeIds, twinOf } from './graphql-probes.js';
import { newId } from '../../src/platform/database/index.js';
import type { Operation, Place } from './operations.js';
import { TwoInboxes } from './two-inboxes.js';

describe('two workspaces know nothing of each other', () => {
  let both: TwoInboxes;
  let probes: GraphQLProbes;
  let before: Record<string, string>;

  beforeAll(async () => {
    both = await TwoInboxes.start();
    probes = new GraphQLProbes(both);
    before = await both.hashes(both.b);
  }, 60_000);
  afterAll(() => both.stop());
  // Whatever A asked, B's rows are what they were.
  afterEach(async () => expect(await both.hashes(both.b)).toEqual(before));

  /** Every place of a class among the arguments of what is asked over HTTP. */
  function placesOf(fits: (kind: string) => boolean): { operation: Operation; place: Place; where: string }[] {
    return both.operations
      .filter(({ root }) => root !== 'subscription')
      .flatMap((operation) =>
        operation.places
          .filter(({ kind }) => fits(kind ?? ''))
          .map((place) => ({ operation, place, where: `${operation.root} ${operation.name} ${place.path.join('.')}` })),
      );
  }

  it('T8: every argument and input field of the schema says what it takes', () => {
    const standing = new Set(both.operations.flatMap(({ places }) => places.map(({ coordinate }) => coordinate)));
    expect([...standing].filter((coordinate) => argumentClasses[coordinate] === undefined)).toEqual([]);
    expect(Object.keys(argumentClasses).filter((coordinate) => !standing.has(coordinate))).toEqual([]);
  });

  it('T8: both have a row in every table, and B is shown its own word', async () => {
    for (const inbox of [both.a, both.b]) {
      const counts = await both.rowCounts(inbox);
      expect(Object.keys(counts).length).toBeGreaterThan(30);
      expect(Object.entries(counts).filter(([, count]) => count === 0)).toEqual([]);
    }
    const blind: string[] = [];
    for (const operation of both.operations.filter(({ root, name }) => root === 'query' && !ofOperators.has(name))) {
      const { body } = await probes.ask(both.b, operation, null);
      if (body.includes('"errors"')) blind.push(`${operation.name}: ${body}`);
      else if (!body.includes(both.b.label) && !wordless.has(operation.name)) blind.push(`${operation.name}: ${body}`);
    }
    expect(blind).toEqual([]);
    // What a platform was asked for B was asked with its token, and each use of that is written down.
    before = await both.hashes(both.b);
  });

  it('T8 T10: nothing that A may ask without an id shows anything of B [promise 23]', async () => {
    const leaks: string[] = [];
    for (const operation of both.operations.filter(({ root }) => root === 'query')) {
      const { body } = await probes.ask(both.a, operation, null);
      const found = both.traces(body, both.b, '');
      if (body.includes('"errors"') || found.length > 0) leaks.push(`${operation.name}: ${found.join()} in ${body}`);
    }
    expect(leaks).toEqual([]);
  });

  it("T8 G3: another's id, one that never was and one that is none are answered alike, byte for byte [promise 23]", async () => {
    const telling: string[] = [];
    let probed = 0;
    for (const { operation, place, where } of placesOf((kind) => kind.startsWith('id of '))) {
      const kind = (place.kind ?? '').slice('id of '.length) as IdKind;
      const never = newId();
      const unknown = probes.bare(await probes.ask(both.a, operation, { place, value: never }), operation, never);
      if (/INTERNAL|GRAPHQL_VALIDATION|TOO_COMPLEX/.test(unknown)) telling.push(`${where}: ${unknown}`);
      for (const [what, value] of strangeIds(both.b, kind)) {
        const answer = await probes.ask(both.a, operation, { place, value });
        const got = probes.bare(answer, operation, value);
        if (got !== unknown) telling.push(`${where} with ${what}: ${got} instead of ${unknown}`);
        const found = both.traces(answer.body, both.b, value);
        if (found.length > 0) telling.push(`${where} with ${what} shows ${found.join()}`);
        probed += 1;
      }
    }
    expect(telling).toEqual([]);
    expect(probed).toBeGreaterThan(400);
  }, 120_000);

  it("T8: another's account at a platform is answered as one that nobody has", async () => {
    const telling: string[] = [];
    const places = placesOf((kind) => kind === 'account');
    for (const { operation, place, where } of places) {
      const never = '909090909090909';
      const unknown = probes.bare(await probes.ask(both.a, operation, { place, value: never }), operation, never);
      for (const value of both.b.accounts) {
        const got = probes.bare(await probes.ask(both.a, operation, { place, value }), operation, value);
        if (got !== unknown) telling.push(`${where}: ${got} instead of ${unknown}`);
      }
    }
    expect(telling).toEqual([]);
    expect(places.length).toBeGreaterThan(4);
  });

  it("T8: a cursor of another's list is a place in one's own, and no more", async () => {
    const telling: string[] = [];
    const places = placesOf((kind) => kind === 'cursor');
    for (const { operation, place, where } of places) {
      const { body } = await probes.ask(both.b, operation, null);
      const [, cursor] = /"endCursor":"([^"]+)"/.exec(body) ?? [];
      if (cursor === undefined) throw new Error(`B has no cursor of ${where} to give away: ${body}`);
      for (const given of [cursor, `${cursor}=`]) {
        const theirs = await probes.ask(both.a, operation, { place, value: given });
        const twin = twinOf(cursor);
        const never = await probes.ask(both.a, operation, { place, value: twin });
        if (probes.bare(theirs, operation, given) !== probes.bare(never, operation, twin))
          telling.push(`${where}: ${theirs.body} instead of ${never.body}`);
        const found = both.traces(theirs.body, both.b, '');
        if (found.length > 0) telling.push(`${where} shows ${found.join()}`);
      }
    }
    expect(telling).toEqual([]);
    expect(places.length).toBeGreaterThan(6);
  });

  it('T8: naming another’s workspace in the header is naming one that never was, with whatever credentials', async () => {
    const telling: string[] = [];
    const never = newId();
    const cookie = { cookie: both.a.client.headers()['cookie'] ?? '' };
    const token = { authorization: `Bearer ${both.a.token}` };
    const callers: [string, Record<string, string>, (workspaceId: string) => string][] = [
      ['the cookie of A', cookie, (id) => id],
      ['the cookie of A', cookie, (id) => id.toUpperCase()],
      ['the cookie of A', cookie, (id) => `${id}, ${both.a.workspaceId}`],
      ['the token of A', token, (id) => id],
      ['both', { ...cookie, ...token }, (id) => `{${id}}`],
      ['nobody', {}, (id) => id],
    ];
    for (const operation of both.operations.filter(({ root }) => root !== 'subscription')) {
      // What is done for a person, in no workspace, is not asked of a header.
      if (personal.has(operation.name)) continue;
      for (const [who, credentials, named] of callers) {
        const answer = async (workspaceId: string) => {
          const headers = { ...credentials, 'x-workspace-id': named(workspaceId) };
          const given = await probes.ask(both.b, operation, null, headers);
          return { body: given.body, bare: probes.bare(given, operation, named(workspaceId)) };
        };
        const [theirs, unknown] = [await answer(both.b.workspaceId), await answer(never)];
        const found = both.traces(theirs.body, both.b, '');
        if (theirs.bare !== unknown.bare || found.length > 0 || !theirs.bare.includes('"errors"'))
          telling.push(`${operation.name} by ${who}: ${theirs.bare} instead of ${unknown.bare}`);
      }
    }
    expect(telling).toEqual([]);
  }, 120_000);
});

/** Queries that show numbers, cursors and choices alone. */
const wordless = new Set([
  'aiSettings',
  'announcedRecipients',
  'auditLog',
  'channelAuthorization',
  // Choices alone.
  'chatDetailRule',
  'contactCount',
  'firstStepsHidden',
  'inboxCounts',
  'inboxCursor',
  // By day, of which there is nothing but numbers.
  'inboxReport',
  // Yes or no.
  'leadAnalysis',
  // Ids alone, and the name of a way.
  'leadReplyRoad',
  // Numbers by the names of sources.
  'leadReport',
  // What a platform lists; a Page has none.
  'messageTemplates',
  'notificationPreferences',
  'ownPrivacyRequests',
  // What is sold, how one stands with it and how much is used: codes and numbers.
  'plans',
  'billing',
  'usage',
  'planChange',
  'policies',
  // How many there are of each kind.
  'previewRetention',
  // Numbers alone.
  'privacyFigures',
  'sessions',
  'tokenUses',
  // Ids and what became of calls, without a word of anybody's.
  'webhookEndpoints.deliveries',
]);

/** What those who run the deployment are shown; B does not, and is refused. */
const ofOperators = new Set(['instancePrivacyFigures', 'instancePrivacyRequest', 'instancePrivacyRequests']);

/** Operations that act for a person and in no workspace. */
const personal = new Set([
  'acceptPolicies',
  'announcedRecipients',
  'askControllerToErase',
  'askForInstanceProof',
  'changeEmail',
  'changeInstancePrivacyRequestKind',
  'changePassword',
  'confirmEmailChange',
  'confirmTwoFactor',
  'createWorkspace',
  'deleteAccount',
  'disableTwoFactor',
  'eraseDirectly',
  'extendInstancePrivacyRequest',
  'instancePrivacyFigures',
  'instancePrivacyRequest',
  'instancePrivacyRequests',
  'openOwnPrivacyRequest',
  'ownPrivacyRequests',
  'plans',
  'policies',
  // How many there are of each kind.
  'previewRetention',
  'reauthenticate',
  'requestPasswordReset',
  'resendVerification',
  'resetPassword',
  'revokeOtherSessions',
  'revokeSession',
  'routePrivacyRequest',
  'sessions',
  'settleInstancePrivacyRequest',
  'signIn',
  'signOut',
  'signUp',
  'startTwoFactor',
  'updateProfile',
  'verifyEmail',
  'viewer',
]);
