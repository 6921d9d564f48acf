export { EraseMails } from './erase-mails.js';
export { MailModule } from './mail.module.js';
export { type MailContent, Mails, mailContents } from './mails.js';
export { PublicLinks } from './public-links.js';
export { type WorkspaceOwner, WorkspaceOwners } from './workspace-owners.js';
export { mailLocale } from './mail-template.js';
export type { MailKit, MailLocale, MailPart, MailTemplate, MailText } from './mail-template.js';
