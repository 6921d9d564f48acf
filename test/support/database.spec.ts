import { Redis } from 'ioredis';
import { createTestDatabase } from './database.js';
import { query } from './postgres-queries.js';

describe('createTestDatabase', () => {
  it('gives each caller a migrated database and a Redis of its own', async () => {
    const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    try {
      await query(one.ownerUrl, 'create table only_here (id int)');
      const look = `select to_regclass('public.only_here') is not null as there, current_user as role`;
      expect(await query(one.ownerUrl, look)).toEqual([{ there: true, role: 'parley_owner' }]);
      expect(await query(two.appUrl, look)).toEqual([{ there: false, role: 'parley_app' }]);

      const [first, second] = [new Redis(one.redisUrl), new Redis(two.redisUrl)];
      await first.set('key', 'value');
      expect([await first.get('key'), await second.get('key')]).toEqual(['value', null]);
      first.disconnect();
      second.disconnect();
    } finally {
      await Promise.all([one.drop(), two.drop()]);
    }
    await expect(query(one.appUrl, 'select 1')).rejects.toThrow('does not exist');
  });
});
