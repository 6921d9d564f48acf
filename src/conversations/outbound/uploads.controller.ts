import { Controller, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow, CurrentMember, type MemberActor, Permission } from '../../platform/access/index.js';
import { ErrorCode } from '../../platform/errors/index.js';
import { UploadFile } from './upload-file.js';

/** `POST /files`: a file that a member is going to send, as multipart/form-data in the field `file`; with `?for=knowledge` one that is to be read, with `?for=import` a table. */
@Controller('files')
export class UploadsController {
  constructor(private readonly upload: UploadFile) {}

  @Post()
  @Allow(Permission.Converse)
  async take(
    @CurrentMember() member: MemberActor,
    @Query('for') purpose: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const came = await this.upload.execute(
      member,
      request.headers['content-type'] ?? '',
      request.body,
      purpose === 'knowledge' || purpose === 'import' ? purpose : 'sending',
    );
    if (!('refused' in came)) {
      await reply.status(201).send(came);
      return;
    }
    const body = { code: ErrorCode.BAD_USER_INPUT, message: came.reason, field: 'file', requestId: request.id };
    await reply.status(came.refused === 'size' ? 413 : 415).send(body);
  }
}
