/** The one door to the typed documents, so that the long path is written once. */
export * from '../../../../libs/api-client/index.js';
