export { SecretsModule } from './secrets.module.js';
export { KeyRing, seal, unseal } from './key-ring.js';
export { Secrets } from './secrets.js';
export type { SecretPlace } from './secrets.js';
