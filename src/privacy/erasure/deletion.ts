/** The kind of job that finishes erasures. */
export const deletion = 'deletion';
