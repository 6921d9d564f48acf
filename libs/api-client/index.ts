/** The public face of the API client: typed documents of every operation, and what a refusal says. */
export * from './generated/graphql.js';
export * from './api-failure.js';
// Where an operation answers with a code, the schema's own type of that name is made too; this one stands for both.
export type { ErrorCode } from './api-failure.js';
