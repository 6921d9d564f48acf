import { createHash } from 'node:crypto';
import { Controller, Get, Headers, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../../platform/access/index.js';
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
type Language = keyof typeof texts;

const style =
  ':root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{max-width:34rem;margin:12vh auto;padding:0 1.2rem}' +
  'button{font:inherit;padding:.6rem 1.1rem;border:1px solid;border-radius:8px;background:transparent;color:inherit;cursor:pointer}';
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`;

/** `/notifications/unsubscribe`: a link's GET shows a page (scanners follow links), its POST ends the mails (RFC 8058). */
@Controller('notifications/unsubscribe')
export class UnsubscribeController {
  constructor(
    private readonly links: UnsubscribeLinks,
    private readonly preferences: NotificationPreferences,
  ) {}

  @Get()
  @Public(reason)
  async show(
    @Query('workspace') workspaceId: unknown,
    @Query('member') memberId: unknown,
    @Query('signature') signature: unknown,
    @Headers('accept-language') accepted: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const language = spoken(accepted);
    const { ask, button, wrong } = texts[language];
    const known = this.links.read(workspaceId, memberId, signature) !== null;
    // The form goes to the address that it was shown at, signature and all.
    const body = known ? `<p>${ask}</p><form method="post"><button>${button}</button></form>` : `<p>${wrong}</p>`;
    await answer(reply, known ? 200 : 400, language, body);
  }

  @Post()
  @Public(reason)
  async end(
    @Query('workspace') workspaceId: unknown,
    @Query('member') memberId: unknown,
    @Query('signature') signature: unknown,
    @Headers('accept-language') accepted: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const language = spoken(accepted);
    const reader = this.links.read(workspaceId, memberId, signature);
    if (reader === null) return answer(reply, 400, language, `<p>${texts[language].wrong}</p>`);
    // Whoever is no member any more gets no mails either way.
    await this.preferences.endMails(reader.workspaceId, reader.memberId);
    return answer(reply, 200, language, `<p role="status">${texts[language].done}</p>`);
  }
}

function spoken(accepted: string | undefined): Language {
  return /^\s*tr\b/i.test(accepted ?? '') ? 'tr' : 'en';
}

async function answer(reply: FastifyReply, status: number, language: Language, body: string): Promise<void> {
  const { title } = texts[language];
  await reply
    .status(status)
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', policy)
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .send(
      `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">` +
        `<title>${title} · Parley</title><style>${style}</style><main><h1>${title}</h1>${body}</main></html>`,
    );
}
