export { type Recipient, type RecipientUse, isAmong, recipientsOf } from './recipients-of.js';
export { Recipients } from './recipients.js';
export { RecipientsModule } from './recipients.module.js';
