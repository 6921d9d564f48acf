export { DomainError, ErrorCode, badInput, notFound } from './domain-error.js';
export { fillIn, reasonFinder } from './reasons.js';
