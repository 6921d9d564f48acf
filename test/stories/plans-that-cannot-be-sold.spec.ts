import { mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createApp } from '../../src/app.module.js';
import { Config, loadEnvironment } from '../../src/platform/config/index.js';
import { keysOf } from '../support/app.js';
import { createTestDatabase } from '../support/database.js';

describe('the file of plans', () => {
  it.each([
    ['cannot be used', 'plans: []', 'currency'],
    ['is not there', null, 'PLANS_FILE'],
  ])('keeps the server from starting where it %s, in words', async (_, text, word) => {
    const place = path.join(await mkdtemp(path.join(process.env['PARLEY_TEST_FOLDER'] ?? '', 'plans-')), 'plans.yaml');
    if (text !== null) await writeFile(place, text);
    const database = await createTestDatabase();
    try {
      const { environment, secrets } = loadEnvironment({
        NODE_ENV: 'test',
        ENCRYPTION_KEYS: keysOf(database),
        DATA_DIR: path.dirname(place),
        LOG_LEVEL: 'silent',
        BILLING_PROVIDER: 'paddle',
        PLANS_FILE: place,
        PADDLE_API_KEY: 'key',
        PADDLE_WEBHOOK_SECRET: 'secret',
      });
      const started = createApp(new Config(environment, secrets, database.appUrl, null), path.dirname(place));
      await expect(started).rejects.toThrow(place);
      await expect(started).rejects.toThrow(word);
    } finally {
      await database.drop();
    }
  });
});
