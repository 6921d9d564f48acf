export { type Recipient, type RecipientUse, isAmong, recipientNamed, recipientsOf } from './recipients-of.js';
export { Recipients } from './recipients.js';
export { RecipientsModule } from './recipients.module.js';
