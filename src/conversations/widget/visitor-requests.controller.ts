import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../platform/access/index.js';
import { ErrorCode } from '../../platform/errors/index.js';
import { AdmitVisitorUpload, hidden } from './admit-visitor-upload.js';
import { AskForPerson } from './ask-for-person.js';
import { RateAnswer } from './rate-answer.js';
import { TakeUpload } from './take-upload.js';
import { VisitorDoor } from './visitor-door.js';
import { readRating } from './widget-input.js';

const byToken = "the visitor's token is the permission";

/** What a visitor may ask for beside writing: to send a file, to speak with a person, to judge an answer. */
@Controller('widget/v1')
export class VisitorRequestsController {
  constructor(
    private readonly door: VisitorDoor,
    private readonly admitted: AdmitVisitorUpload,
    private readonly uploads: TakeUpload,
    private readonly person: AskForPerson,
    private readonly rate: RateAnswer,
  ) {}

  @Post('files')
  @Public(byToken)
  async upload(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const present = this.admitted.presentOf(request);
    const upload = await this.uploads.run(present, request.headers['content-type'] ?? '', request.body).catch(hidden);
    if (upload !== null && upload !== 'too large') {
      await reply.status(201).send(upload);
      return;
    }
    const [status, message] =
      upload === null
        ? ([415, 'Files of this kind are not taken. Send a picture, a PDF, a recording or a video.'] as const)
        : ([413, 'The file is too large: the chat takes 10 MB.'] as const);
    const body = { code: ErrorCode.BAD_USER_INPUT, message, field: 'file', requestId: request.id };
    await reply.status(status).send(body);
  }

  @Post('handoff')
  @HttpCode(200)
  @Public(byToken)
  async handoff(@Req() request: FastifyRequest): Promise<{ readonly conversationId: string }> {
    const { present } = await this.door.admit(request, 'signal');
    return { conversationId: await this.person.run(present) };
  }

  @Post('rating')
  @HttpCode(204)
  @Public(byToken)
  async rating(@Req() request: FastifyRequest, @Body() body: unknown): Promise<void> {
    const { present } = await this.door.admit(request, 'signal');
    const { messageId, rating } = readRating(body);
    await this.rate.run(present, messageId, rating);
  }
}
