export { Config, loadEnvironment } from './config.js';
export { EnvironmentError, environment, readEnvironment, splitKey } from './environment.js';
