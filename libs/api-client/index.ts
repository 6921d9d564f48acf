/** The public face of the API client: typed documents of every operation, and what a refusal says. */
export * from './generated/graphql.js';
export * from './api-failure.js';
