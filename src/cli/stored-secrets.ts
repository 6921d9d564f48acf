import { accountSecrets } from '../accounts/index.js';
import { aiSecrets } from '../ai/index.js';
import { channelSecrets } from '../channels/index.js';
import { conversationSecrets } from '../conversations/index.js';
import { shopifySecrets, webhookSecrets } from '../leads/index.js';
import { deliveryBodies } from '../platform/deliveries/index.js';
import { mailContents } from '../platform/mail/index.js';
import { type StoredSecrets, keptRoots } from '../platform/secrets/index.js';
import { instancePrivacySecrets, privacySecrets } from '../privacy/index.js';

/** Every column that holds ciphertext, module by module. A column that is not here fails the suite. */
export const storedSecrets: StoredSecrets = {
  ofWorkspaces: [
    ...channelSecrets,
    ...conversationSecrets,
    ...webhookSecrets,
    ...shopifySecrets,
    ...aiSecrets,
    ...privacySecrets,
  ],
  ofInstance: [keptRoots, deliveryBodies, mailContents, ...accountSecrets, ...instancePrivacySecrets],
};
