export { Config, loadEnvironment } from './config.js';
export { EnvironmentError, environment, readEnvironment, requiredInProduction, splitKey } from './environment.js';
