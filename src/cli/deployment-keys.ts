import { existsSync } from 'node:fs';
import path from 'node:path';
import { Config, currentEnvironment, loadEnvironment } from '../platform/config/index.js';
import type { SystemDatabase } from '../platform/database/index.js';
import { type KeyRing, openKeyRing } from '../platform/secrets/index.js';
import { Refused } from './command.js';

/** The keys that the server has, compared with those that the database was written with. */
export async function deploymentKeys(system: SystemDatabase): Promise<{ config: Config; ring: KeyRing }> {
  const { ENCRYPTION_KEYS: given, DATA_DIR: dataDir } = currentEnvironment();
  // Keys that were made up here would tell every log from one that the server wrote.
  if (given === undefined && !existsSync(path.join(dataDir, 'secrets.json')))
    throw new Refused(
      `The keys of the deployment are not in ${path.resolve(dataDir)}: set ENCRYPTION_KEYS or DATA_DIR as the server has it.`,
    );
  const { environment, secrets } = loadEnvironment();
  const config = new Config(environment, secrets, '', null);
  return { config, ring: await openKeyRing(config, system) };
}
