export { Config, currentEnvironment, loadEnvironment } from './config.js';
export { EnvironmentError, environment, readEnvironment, splitKey } from './environment.js';
export { keepBackupKey } from './generated-secrets.js';
