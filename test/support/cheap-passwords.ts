import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import bcrypt from 'bcrypt';
import { HashThreads } from '../../src/accounts/passwords/hash-threads.js';
import { PasswordHasher } from '../../src/accounts/passwords/password-hasher.js';

/** As cheap as bcrypt goes. */
const cost = 4;
const inThisThread = {
  hash: (text: string): Promise<string> => bcrypt.hash(text, cost),
  compare: (text: string, kept: string): Promise<boolean> => bcrypt.compare(text, kept),
};

/**
 * Makes passwords cheap to hash, in this process: a third of a second of a core for each person who signs up is most of what many
 * specs would take. Somebody's hash and nobody's cost the same as before.
 */
export function makePasswordsCheap(app: NestFastifyApplication): void {
  Object.assign(app.get(HashThreads), inThisThread);
  const hasher = app.get<PasswordHasher, { nobody: string }>(PasswordHasher);
  Object.assign(hasher, { cost, nobody: hasher.nobody.replace('$12$', `$0${String(cost)}$`) });
}
