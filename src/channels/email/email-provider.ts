/** The provider's name, in rows and deliveries. */
export const emailProvider = 'email';
