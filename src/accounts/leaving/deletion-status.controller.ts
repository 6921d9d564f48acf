import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../platform/access/index.js';
import { Config } from '../../platform/config/index.js';
import { notFound } from '../../platform/errors/index.js';
import { languageOf, sendPage } from '../policies/page.js';
import { PrivacyRequestStatus } from './enums.js';
import { dueAtOf, statusOf } from './privacy-request.type.js';
import { WorkspaceDeletions } from './workspace-deletions.js';

const words = {
  en: {
    title: 'State of the deletion',
    [PrivacyRequestStatus.IN_PROGRESS]: 'The workspace cannot be read any more. Its rows are being erased.',
    [PrivacyRequestStatus.COMPLETED]: 'Everything was erased.',
    received: 'Received',
    due: 'Done by',
    done: 'Done',
  },
  tr: {
    title: 'Silmenin durumu',
    [PrivacyRequestStatus.IN_PROGRESS]: 'Çalışma alanı artık okunamaz. Satırları siliniyor.',
    [PrivacyRequestStatus.COMPLETED]: 'Her şey silindi.',
    received: 'Alındı',
    due: 'En geç',
    done: 'Tamamlandı',
  },
} as const;

/** `GET /privacy/requests/:code`: the true state, without personal data, for whoever has the code. */
@Controller('privacy/requests')
export class DeletionStatusController {
  constructor(
    private readonly deletions: WorkspaceDeletions,
    private readonly config: Config,
  ) {}

  @Get(':code')
  @Public('the code is the permission')
  async show(@Param('code') code: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const deletion = /^[\w-]{22}$/.test(code) ? await this.deletions.byCode(code) : null;
    if (deletion === null) throw notFound('This request');
    const status = statusOf(deletion) as keyof typeof words.en & PrivacyRequestStatus;
    const { requestedAt, completedAt } = deletion;
    if (/\bapplication\/json\b/.test(request.headers.accept ?? '')) {
      await reply.send({
        confirmation_code: code,
        status,
        received_at: requestedAt,
        due_at: dueAtOf(deletion),
        completed_at: completedAt,
      });
      return;
    }
    const language = languageOf(request);
    const said = words[language];
    const line = (label: string, at: Date) =>
      `<li>${label}: <time>${at.toISOString().slice(0, 16).replace('T', ' ')} UTC</time></li>`;
    const last = completedAt === null ? line(said.due, dueAtOf(deletion)) : line(said.done, completedAt);
    const body = `<p>${said[status]}</p><ul>${line(said.received, requestedAt)}${last}</ul>`;
    await sendPage(reply, this.config, { language, title: said.title, body, path: `/privacy/requests/${code}` });
  }
}
