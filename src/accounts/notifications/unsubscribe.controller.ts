import { Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../platform/access/index.js';
import { Config } from '../../platform/config/index.js';
import { languageOf, sendPage } from '../policies/page.js';
import { NotificationPreferences } from './notification-preferences.js';
import { UnsubscribeLinks } from './unsubscribe-links.js';

const reason = 'the signature in the link is the permission';

const texts = {
  en: {
    title: 'Notification mails',
    ask: 'Parley will send you no more notification mails about this workspace. You can choose them again in the settings.',
    button: 'Send me no more of these',
    done: 'Done: no more notification mails about this workspace.',
    wrong: 'This link is not whole. Use the one in the mail, or turn the mails off in the settings.',
  },
  tr: {
    title: 'Bildirim e-postaları',
    ask: 'Parley bu çalışma alanı hakkında size artık bildirim e-postası göndermeyecek. Ayarlardan yeniden seçebilirsiniz.',
    button: 'Artık bunları gönderme',
    done: 'Tamam: bu çalışma alanı hakkında artık bildirim e-postası gönderilmeyecek.',
    wrong: 'Bu bağlantı eksik. E-postadakini kullanın ya da e-postaları ayarlardan kapatın.',
  },
} as const;
/** `/notifications/unsubscribe`: a link's GET shows a page (scanners follow links), its POST ends the mails (RFC 8058). */
@Controller('notifications/unsubscribe')
export class UnsubscribeController {
  constructor(
    private readonly links: UnsubscribeLinks,
    private readonly preferences: NotificationPreferences,
    private readonly config: Config,
  ) {}

  @Get()
  @Public(reason)
  async show(
    @Query('workspace') workspaceId: unknown,
    @Query('member') memberId: unknown,
    @Query('signature') signature: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { ask, button, wrong } = texts[languageOf(request)];
    const known = this.links.read(workspaceId, memberId, signature) !== null;
    // The form goes to the address that it was shown at, signature and all.
    const body = known ? `<p>${ask}</p><form method="post"><button>${button}</button></form>` : `<p>${wrong}</p>`;
    await this.answer(request, reply, known ? 200 : 400, body);
  }

  @Post()
  @Public(reason)
  async end(
    @Query('workspace') workspaceId: unknown,
    @Query('member') memberId: unknown,
    @Query('signature') signature: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { wrong, done } = texts[languageOf(request)];
    const reader = this.links.read(workspaceId, memberId, signature);
    if (reader === null) return this.answer(request, reply, 400, `<p>${wrong}</p>`);
    // Whoever is no member any more gets no mails either way.
    await this.preferences.endMails(reader.workspaceId, reader.memberId);
    return this.answer(request, reply, 200, `<p role="status">${done}</p>`);
  }

  private answer(request: FastifyRequest, reply: FastifyReply, status: number, body: string): Promise<void> {
    const language = languageOf(request);
    return sendPage(reply, this.config, { language, title: texts[language].title, body, status });
  }
}
