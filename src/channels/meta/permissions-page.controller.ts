import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { languageOf, sendPage } from '../../accounts/index.js';
import { Public } from '../../platform/access/index.js';
import { Config } from '../../platform/config/index.js';
import { type Dialog, permissionsOf } from './permission-table.js';

const words = {
  en: {
    title: 'Permissions at Meta',
    lead: 'When a business connects an account of Meta, it is asked for these permissions and for no others. Each is used for the one thing that stands beside it.',
    permission: 'Permission',
    purpose: 'What it is used for',
    dialogs: {
      'facebook-login': 'Messenger, and Instagram through a Page',
      'instagram-login': 'Instagram by its own sign-in',
      'embedded-signup': 'WhatsApp',
    },
  },
  tr: {
    title: 'Meta izinleri',
    lead: 'Bir işletme bir Meta hesabını bağlarken kendisinden yalnızca bu izinler istenir. Her biri yalnızca yanında yazan iş için kullanılır.',
    permission: 'İzin',
    purpose: 'Ne için kullanılır',
    dialogs: {
      'facebook-login': 'Messenger ve bir Sayfa üzerinden Instagram',
      'instagram-login': 'Kendi oturumuyla Instagram',
      'embedded-signup': 'WhatsApp',
    },
  },
} as const;

/** `GET /privacy/permissions`: every permission that is asked for at Meta, each with its one purpose. */
@Controller('privacy/permissions')
export class PermissionsPageController {
  constructor(private readonly config: Config) {}

  @Get()
  @Public('anyone may read it')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const language = languageOf(request);
    const said = words[language];
    // Texts of our own; nothing in them comes from outside.
    const rows = (dialog: Dialog) =>
      permissionsOf(dialog)
        .map(({ name, purpose }) => `<tr><td><code>${name}</code></td><td>${purpose[language]}</td></tr>`)
        .join('');
    const tables = (Object.entries(said.dialogs) as [Dialog, string][]).map(
      ([dialog, title]) =>
        `<h2>${title}</h2><div class="scroll"><table><thead><tr><th scope="col">${said.permission}</th><th scope="col">${said.purpose}</th></tr></thead><tbody>${rows(dialog)}</tbody></table></div>`,
    );
    const body = `<p>${said.lead}</p>${tables.join('')}`;
    await sendPage(reply, this.config, { title: said.title, body, language, path: '/privacy/permissions' });
  }
}
