/** What a public deployment has to set, for the server as it runs there. */
export const production: Readonly<Record<string, string>> = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://parley.example.com',
  OPERATOR_NAME: 'Example Ltd',
  OPERATOR_ADDRESS: '1 Example Street',
  PRIVACY_EMAIL: 'privacy@example.com',
  SUPPORT_EMAIL: 'support@example.com',
  SECURITY_EMAIL: 'security@example.com',
  // With operators named, the first person needs no code of the console.
  INSTANCE_OPERATORS: 'operator@example.com',
};
