import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDataDirectory, startServerProcess } from '../../../test/support/server-process.js';
import { acquireDataDirectory } from './index.js';

describe('acquireDataDirectory', () => {
  it('refuses a second start and names the first one’s process', async () => {
    const folder = await makeDataDirectory();
    const first = await startServerProcess(folder, 'lock');
    await expect(acquireDataDirectory(folder)).rejects.toThrow(
      new RegExp(`Parley already runs on .*\\(process ${String(first.report['pid'])}\\).*Stop that one first`),
    );
    await first.kill();
  });

  it('takes over from a process that was killed, and cleans up after itself', async () => {
    const folder = await makeDataDirectory();
    const first = await startServerProcess(folder, 'lock');
    await first.kill();
    const lock = await acquireDataDirectory(folder);
    expect(await readFile(join(folder, 'parley.lock'), 'utf8')).toContain(`"pid":${process.pid}`);
    await lock.release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is not fooled by another process that got the dead one’s number', async () => {
    const folder = await makeDataDirectory();
    const stale = { pid: process.ppid, startedAt: 'some-earlier-boot:1', token: 'stale' };
    await writeFile(join(folder, 'parley.lock'), JSON.stringify(stale));
    const lock = await acquireDataDirectory(folder);
    await lock.release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes over a lock that a power cut left empty', async () => {
    const folder = await makeDataDirectory();
    await writeFile(join(folder, 'parley.lock'), '');
    const lock = await acquireDataDirectory(folder);
    await expect(acquireDataDirectory(folder)).rejects.toThrow('Parley already runs on');
    await lock.release();
  });

  it('lets exactly one of many take over at the same moment', async () => {
    const folder = await makeDataDirectory();
    await writeFile(join(folder, 'parley.lock'), JSON.stringify({ pid: 2 ** 30, startedAt: null, token: 'stale' }));
    const tries = await Promise.allSettled(Array.from({ length: 12 }, () => acquireDataDirectory(folder)));
    const winners = tries.filter((one) => one.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    await winners[0]?.value.release();
    expect(await readdir(folder)).toEqual([]);
  });
});
