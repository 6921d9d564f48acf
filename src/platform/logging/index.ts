export { LoggingModule } from './logging.module.js';
export { describeError } from './describe-error.js';
export { TechnicalLog } from './technical-log.js';
