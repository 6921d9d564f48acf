import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { languageOf, sendPage } from '../../accounts/index.js';
import { Public } from '../../platform/access/index.js';
import { Config } from '../../platform/config/index.js';
import { notFound } from '../../platform/errors/index.js';
import { jsonOfReceipt } from '../proof/erasure-receipt.js';
import { Receipts } from '../proof/receipts.js';
import { PrivacyRequestStatus } from './enums.js';
import { ProveAddress } from './prove-address.js';
import { ReadRequestState, type RequestState } from './request-state.js';
import { stateWords } from './state-words.js';

/** What somebody follows by the code of their request: the true state, without personal data, and the proof of an address. */
@Controller('privacy/requests')
export class RequestStatusController {
  constructor(
    private readonly states: ReadRequestState,
    private readonly proofs: ProveAddress,
    private readonly receipts: Receipts,
    private readonly config: Config,
  ) {}

  @Get(':code')
  @Public('the code is the permission')
  async show(@Param('code') code: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const state = await this.states.run(code);
    const wanted = request.headers.accept ?? '';
    if (state === null) {
      if (!/\btext\/html\b/.test(wanted)) throw notFound('This request');
      const { title, text } = stateWords[languageOf(request)].unknown;
      await sendPage(reply, this.config, { language: languageOf(request), title, body: `<p>${text}</p>`, status: 404 });
      return;
    }
    if (/\bapplication\/json\b/.test(wanted)) {
      await reply.send({
        confirmation_code: code,
        ...(state.kind !== null && { kind: state.kind }),
        status: state.status,
        received_at: state.receivedAt,
        due_at: state.dueAt,
        ...(state.extendedUntil !== null && { extended_until: state.extendedUntil }),
        completed_at: state.completedAt,
        ...(state.rectified.length > 0 && { rectified: state.rectified }),
      });
      return;
    }
    const language = languageOf(request);
    const words = stateWords[language];
    const title = state.kind === null ? words.deletion.title : words.title;
    await sendPage(reply, this.config, {
      language,
      title,
      body: bodyOf(code, state, language),
      path: `/privacy/requests/${code}`,
    });
  }

  @Get(':code/receipt.json')
  @Public('the code is the permission')
  async receipt(@Param('code') code: string, @Res() reply: FastifyReply): Promise<void> {
    const state = await this.states.run(code);
    const receipt = state?.erasureId == null ? null : await this.receipts.byErasure(state.erasureId);
    if (receipt === null) throw notFound('A receipt of this request');
    await reply.send(jsonOfReceipt(receipt));
  }

  @Get(':code/verify')
  @Public('the token in the link is the permission')
  async ask(
    @Param('code') code: string,
    @Query('token') token: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { ask, button, wrong } = stateWords[languageOf(request)].proof;
    const good = typeof token === 'string' && (await this.proofs.isGood(code, token));
    // The form goes to the address that it was shown at, token and all: scanners follow links, and press no buttons.
    const body = good ? `<p>${ask}</p><form method="post"><button>${button}</button></form>` : `<p>${wrong}</p>`;
    await this.answer(request, reply, good ? 200 : 400, body);
  }

  @Post(':code/verify')
  @Public('the token in the link is the permission')
  async prove(
    @Param('code') code: string,
    @Query('token') token: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { done, wrong } = stateWords[languageOf(request)].proof;
    const good = typeof token === 'string' && (await this.proofs.run(code, token));
    await this.answer(request, reply, good ? 200 : 400, good ? `<p role="status">${done}</p>` : `<p>${wrong}</p>`);
  }

  private answer(request: FastifyRequest, reply: FastifyReply, status: number, body: string): Promise<void> {
    const language = languageOf(request);
    return sendPage(reply, this.config, { language, title: stateWords[language].proof.title, body, status });
  }
}

function bodyOf(code: string, state: RequestState, language: 'en' | 'tr'): string {
  const words = stateWords[language];
  const { kind, status, receivedAt, dueAt, extendedUntil, completedAt } = state;
  const line = (label: string, text: string) => `<li>${label}: ${text}</li>`;
  const at = (label: string, time: Date) =>
    line(label, `<time>${time.toISOString().slice(0, 16).replace('T', ' ')} UTC</time>`);
  const { going, done } = words.deletion;
  const said = kind === null ? (status === PrivacyRequestStatus.COMPLETED ? done : going) : words.status[status];
  const lines = [
    ...(kind === null ? [] : [line(words.labels.asked, words.kind[kind])]),
    at(words.labels.received, receivedAt),
    ...(completedAt !== null
      ? [at(words.labels.done, completedAt)]
      : extendedUntil !== null
        ? [at(words.labels.extended, extendedUntil)]
        : [at(words.labels.due, dueAt)]),
  ];
  const complain = kind === null ? '' : `<p>${words.complain}</p>`;
  const erased = state.erasureId !== null && status === PrivacyRequestStatus.COMPLETED;
  const receipt = erased
    ? `<p><a href="/privacy/requests/${code}/receipt.json" download="receipt.json">${words.receipt.file}</a> · <a href="/privacy/verify?lang=${language}">${words.receipt.check}</a></p>`
    : '';
  return `<p>${said}</p><ul>${lines.join('')}</ul>${receipt}${complain}`;
}
