import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { HashGate } from '../../src/accounts/passwords/hash-gate.js';
import { HashThreads } from '../../src/accounts/passwords/hash-threads.js';
import { PasswordHasher } from '../../src/accounts/passwords/password-hasher.js';
import type { Config } from '../../src/platform/config/index.js';
import { inboxDocument } from '../inbox/page-statement.js';
import { loadMessages } from '../loader/load-messages.js';
import { loadedToken, loadedWorkspaceId } from '../loader/statements.js';
import type { Bench } from '../report/bench.js';
import { quantile } from '../report/quantiles.js';
import { SignIns } from './sign-ins.js';

/** Milliseconds between two pages, and between two sign-ins: 50 a second of each. */
const every = 20;
const workspaces = 100;
const pepper = 'the pepper of this bench alone';
const password = 'seven quiet herons by the weir';

/**
 * Goal 17: while 50 people a second sign in, half of them with a wrong password, from many addresses and to many
 * accounts, an agent who is signed in reads the inbox. What the server turns away it may; the agent has to notice little.
 */
export default {
  name: 'sign-in',
  goals: ['17'],
  run: async ({ machine, quick, log }) => {
    const seconds = quick ? 5 : 30;
    const database = await machine.database();
    await loadMessages(machine.superuserUrl(database), { messages: 20_000, workspaces });
    const admin = await machine.admin(database);
    // One hash for all: it is checked as slowly for each of them.
    const dataDir = await machine.folder();
    const hasher = new PasswordHasher(
      { passwordPepper: pepper, dataDir } as Config,
      new HashGate(),
      new HashThreads(),
      12,
    );
    await admin.query('update users set password_hash = $1', [await hasher.hash(password)]);
    // One process does everything, as in the smallest deployment; the addresses are told by a proxy.
    const server = await machine.server(database, { PASSWORD_PEPPER: pepper, TRUST_PROXY: '1' });
    const pages = new Pool(server.url, { connections: 6 });
    machine.endLater(() => pages.destroy());

    await readFor(pages, 2);
    const quiet = await readFor(pages, quick ? 5 : 10);
    const signIns = new SignIns(server.url, { every, workspaces, password });
    machine.endLater(() => signIns.end());
    const flood = signIns.sendFor(seconds);
    const during = await readFor(pages, seconds);
    const told = await flood;
    if (server.ended) throw new Error(`The server ended: ${server.log}`);
    // Without both, nothing was hashed and the figure says nothing.
    if (told.signedIn === 0 || told.refused === 0) throw new Error(`Nobody came through: ${JSON.stringify(told)}`);
    const [before, meanwhile] = [quantile(quiet, 0.99), quantile(during, 0.99)];
    log(`p99 ${meanwhile.toFixed(1)} ms, quiet ${before.toFixed(1)} ms; ${JSON.stringify(told)}`);
    return {
      measured: [
        {
          goal: '17',
          value: meanwhile,
          note: `${String(told.sent)} sign-ins in ${String(seconds)} s: ${String(told.signedIn)} in, ${String(told.refused)} wrong, ${String(told.turnedAway)} told to come back; ${String(during.length)} pages`,
        },
      ],
      information: [
        { what: 'p99 of the pages ÷ quiet', value: meanwhile / before, unit: '×' },
        { what: 'p99 of the pages, quiet', value: before, unit: 'ms' },
        { what: 'the longest page meanwhile', value: Math.max(...during), unit: 'ms' },
        { what: 'pages refused meanwhile', value: during.filter((time) => !Number.isFinite(time)).length },
        { what: 'sign-ins answered by 429', value: told.turnedAway },
        { what: 'sign-ins refused as a busy server does', value: told.shed },
        { what: 'sign-ins without an answer 10 s after the last', value: told.unanswered },
      ],
    };
  },
} satisfies Bench;

/**
 * Pages of the inbox at a steady pace, for so long; how many ms after it was due each was there. A page that is late does
 * not hold the next one up, and one that is refused is never there.
 */
async function readFor(pool: Pool, seconds: number): Promise<number[]> {
  const since = performance.now();
  const asked: Promise<number>[] = [];
  for (let page = 0; page < (seconds * 1_000) / every; page += 1) {
    const due = since + page * every;
    await sleep(Math.max(0, due - performance.now()));
    asked.push(readPage(pool).then((there) => (there ? performance.now() - due : Number.POSITIVE_INFINITY)));
  }
  return Promise.all(asked);
}

async function readPage(pool: Pool): Promise<boolean> {
  const { statusCode, body } = await pool.request({
    path: '/graphql',
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-workspace-id': loadedWorkspaceId(0),
      cookie: `__Host-parley_session=${loadedToken(0)}`,
    },
    body: JSON.stringify({ query: inboxDocument, variables: { first: 50, filter: { status: ['OPEN'] } } }),
  });
  const text = await body.text();
  // Refused by the bound for all requests, or because no connection to the database came free.
  if (text.includes('"UNAVAILABLE"')) return false;
  if (statusCode !== 200 || !text.includes('"hasNextPage":true'))
    throw new Error(`That was no full page: ${String(statusCode)} ${text.slice(0, 200)}`);
  return true;
}
