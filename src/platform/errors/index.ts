export { DomainError, ErrorCode, badInput, notFound } from './domain-error.js';
