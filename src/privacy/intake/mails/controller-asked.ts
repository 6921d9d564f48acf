import type { MailTemplate } from '../../../platform/mail/index.js';

/** To the business: the operator asks it to erase somebody. */
export const controllerAsked: MailTemplate<{ workspace: string; message: string; operator: string }> = {
  name: 'privacy-controller-asked',
  hours: 72,
  texts: {
    en: ({ workspace, message, operator }, kit) => ({
      subject: 'Somebody asks to be erased',
      parts: [
        `${kit.named(operator)}, who runs this service for ${kit.named(workspace)}, asks you as the controller to settle a privacy request:`,
        message,
        { label: 'Open the requests', url: kit.publicLink('/settings/privacy') },
      ],
    }),
    tr: ({ workspace, message, operator }, kit) => ({
      subject: 'Silinmesi istenen biri var',
      parts: [
        `${kit.named(workspace)} için bu hizmeti işleten ${kit.named(operator)}, veri sorumlusu olarak bir gizlilik talebini sonuçlandırmanızı istiyor:`,
        message,
        { label: 'Talepleri aç', url: kit.publicLink('/settings/privacy') },
      ],
    }),
  },
};
