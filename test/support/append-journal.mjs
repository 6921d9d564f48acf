// Appends to an erasure journal until it is killed, and says of each entry when it is safe. Arguments: database, folder, key.
import './typescript-loader.mjs';

const [databaseUrl, dataDir, signingKey] = process.argv.slice(2);
const { Config, loadEnvironment } = await import('../../src/platform/config/index.ts');
const { openSystemDatabase } = await import('../../src/platform/database/open-system-database.ts');
const { OutgoingClient } = await import('../../src/platform/http/outgoing-client.ts');
const { openJournal } = await import('../../src/privacy/journal/open-journal.ts');
const { SigningKeys } = await import('../../src/privacy/proof/signing-keys.ts');

const { environment, secrets } = loadEnvironment({
  NODE_ENV: 'test',
  DATA_DIR: dataDir,
  RECEIPT_SIGNING_KEY: signingKey,
});
const config = new Config(environment, secrets, databaseUrl, null);
const { system } = await openSystemDatabase(databaseUrl);
const journal = openJournal(config, new OutgoingClient(config), system, new SigningKeys(config));
const appendForever = async () => {
  for (;;) {
    const ids = { contactIds: Array.from({ length: 20 }, () => crypto.randomUUID()) };
    const { seq, hash } = await journal.append({
      kind: 'erasure',
      workspaceId: crypto.randomUUID(),
      ids,
      at: new Date(),
    });
    process.stdout.write(`${seq} ${hash}\n`);
  }
};
await Promise.all([appendForever(), appendForever(), appendForever()]);
