import { postmasterPid, query } from '../../../test/support/postgres-queries.js';
import { makeDataDirectory, startServerProcess } from '../../../test/support/server-process.js';
import { startEmbeddedPostgres } from './index.js';

const log = (): void => undefined;

describe('startEmbeddedPostgres beside a server that hangs', () => {
  it('ends a server that hangs, and starts a new one on its data', async () => {
    const dataDir = await makeDataDirectory();
    const parent = await startServerProcess(dataDir, 'postgres');
    await query(String(parent.report['ownerUrl']), 'create table kept as select 9 as answer');
    await parent.kill();
    const hung = await postmasterPid(dataDir);
    process.kill(hung, 'SIGSTOP');
    const postgres = await startEmbeddedPostgres({ dataDir, log });
    expect(postgres.adopted).toBe(false);
    expect(await postmasterPid(dataDir)).not.toBe(hung);
    expect(await query(postgres.ownerUrl, 'select answer from kept')).toEqual([{ answer: 9 }]);
    await postgres.stop();
  }, 60_000);
});
