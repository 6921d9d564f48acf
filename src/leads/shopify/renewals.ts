/** The kind of job that renews tokens of stores that nobody looks at. */
export const renewStore = 'renew-shopify-store';

/** What a token is renewed by ends too when it is not used: after 90 days, says Shopify, so there is time for two tries. */
export const renewEverySeconds = 30 * 86_400;
