import type { MailTemplate } from '../../../platform/mail/index.js';
import type { Role } from '../../enums.js';

const rolesInTurkish: Readonly<Record<Role, string>> = {
  OWNER: 'sahip',
  ADMIN: 'yönetici',
  EDITOR: 'düzenleyici',
  VIEWER: 'izleyici',
};

/** Brings a person the link by which they join a workspace. */
export const invitationMail: MailTemplate<{
  readonly workspace: string;
  readonly inviter: string;
  readonly role: Role;
  readonly token: string;
}> = {
  name: 'invitation',
  hours: 24,
  texts: {
    en: ({ workspace, inviter, role, token }, kit) => ({
      subject: `You are invited to ${kit.named(workspace)}`,
      parts: [
        `${kit.named(inviter)} invites you to work in ${kit.named(workspace)}, as ${role.toLowerCase()}.`,
        { label: 'Accept the invitation', url: kit.publicLink('/accept-invitation', { token }) },
        { note: 'The link works once, for this address alone, and for 7 days. If you did not expect it, ignore it.' },
      ],
    }),
    tr: ({ workspace, inviter, role, token }, kit) => ({
      subject: `${kit.named(workspace)} çalışma alanına davet edildiniz`,
      parts: [
        `${kit.named(inviter)} sizi ${kit.named(workspace)} çalışma alanına davet ediyor. Rolünüz: ${rolesInTurkish[role]}.`,
        { label: 'Daveti kabul et', url: kit.publicLink('/accept-invitation', { token }) },
        { note: 'Bağlantı bir kez, yalnızca bu adres için ve 7 gün geçerlidir. Beklemiyorsanız dikkate almayın.' },
      ],
    }),
  },
};
