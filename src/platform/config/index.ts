export { Config, currentEnvironment, loadEnvironment } from './config.js';
export { EnvironmentError, environment, readEnvironment } from './environment.js';
export { type MerchantSettings, merchantNamed } from './merchant.js';
export { splitKey } from './key-formats.js';
export { keepBackupKey } from './generated-secrets.js';
