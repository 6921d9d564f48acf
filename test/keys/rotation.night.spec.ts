import { storedSecrets } from '../../src/cli/stored-secrets.js';
import { Secrets } from '../../src/platform/secrets/index.js';
import { runCli } from '../support/cli.js';
import { TestClient } from '../support/client.js';
import { TestServer } from '../support/server.js';
import { StoredKeys, newKey } from './stored-keys.js';

const perSecond = 50;

/** Case S3, goal G17, at full size: the command beside a server that people use. */
it('10,000 secrets are rotated while a server answers 50 requests a second, and none of them fails (case S3)', async () => {
  const [first, second] = [newKey('k1'), newKey('k2')];
  const stored = await StoredKeys.start();
  const server = await TestServer.prepare(stored.database, { ENCRYPTION_KEYS: `${second},${first}` });
  try {
    await stored.plant(await stored.ring(first), 50, 100);
    const ring = await stored.ring(second, first);
    const secrets = new Secrets(ring);
    await server.start();
    const client = await TestClient.signedUp(server.url, 'Ada');
    const troubles: unknown[] = [];
    let asked = 0;
    const once = async (n: number) => {
      const planted = stored.secrets[(n * 13) % stored.secrets.length];
      if (planted === undefined) throw new Error('Nothing is stored.');
      if (n % 4 === 0) await stored.renewOne(secrets, planted);
      else if (n % 4 === 1) await stored.openOne(secrets, planted);
      // A password that is asked for anew writes an address and a mail, both encrypted.
      else if (n % 100 === 2)
        await client.ask(`mutation { requestPasswordReset(email: "nobody${String(n)}@example.com") }`);
      else await client.ask('{ workspace { name } channels { id } }');
    };
    const load = setInterval(() => {
      const n = (asked += 1);
      once(n).catch((error: unknown) => troubles.push(error));
    }, 1_000 / perSecond);
    const environment = {
      DATABASE_URL: stored.database.appUrl,
      DATABASE_OWNER_URL: stored.database.ownerUrl,
      ENCRYPTION_KEYS: `${second},${first}`,
    };
    const began = performance.now();
    const rotated = await runCli(environment, 'keys', 'rotate', '--json');
    const seconds = (performance.now() - began) / 1_000;
    clearInterval(load);
    process.stdout.write(`10,000 secrets: ${seconds.toFixed(1)} s, ${String(asked)} requests meanwhile\n`);
    expect(rotated.err).toBe('');
    expect(JSON.parse(rotated.out)).toMatchObject({
      ok: true,
      workspaces: 50,
      unopened: [],
      retired: ['k1'],
      needed: [],
    });
    expect(troubles).toEqual([]);
    expect(asked).toBeGreaterThan(perSecond);
    await stored.openAll(await stored.ring(second));
    const check = await runCli({ ...environment, ENCRYPTION_KEYS: second }, 'keys', 'check', '--json');
    expect([check.code, JSON.parse(check.out)]).toMatchObject([0, { ok: true }]);
    expect(storedSecrets.ofWorkspaces.length).toBeGreaterThan(3);
  } finally {
    await server.kill();
    await stored.stop();
  }
}, 300_000);
