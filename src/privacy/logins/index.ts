import type { Provider } from '@nestjs/common';
import { ReplayLogins } from './replay-logins.js';
import { WitnessRemoval } from './witness-removal.js';

export { ReplayLogins } from './replay-logins.js';

/** The proof of deleted accounts, and their deletion once more after a restore. */
export const loginProviders: Provider[] = [WitnessRemoval, ReplayLogins];
