import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../access/index.js';
import { Workspaces } from '../database/index.js';
import { notFound } from '../errors/index.js';
import { FileStore } from './file-store.js';

/** `GET /files/:id?expires&signature`: an attachment; only signed links work, and only until they expire. */
@Controller('files')
export class FilesController {
  constructor(
    private readonly files: FileStore,
    private readonly workspaces: Workspaces,
  ) {}

  @Get(':id')
  @Public('the signature in the link is the permission')
  async serve(
    @Param('id') reference: string,
    @Query('expires') expires: string,
    @Query('signature') signature: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const place = this.files.verify(reference, String(expires), String(signature));
    if (place === null) throw notFound('This file, or a valid link to it,');
    const file = await this.workspaces.read(place.workspaceId, (tx) => this.files.find(tx, place.id));
    if (file === null) throw notFound('This file');
    const disposition = this.files.isInline(file.contentType) ? 'inline' : 'attachment';
    await reply
      .header('content-type', file.contentType)
      .header('content-length', String(file.size))
      .header('content-disposition', `${disposition}; filename*=UTF-8''${encodeURIComponent(file.name ?? file.id)}`)
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'private, max-age=1800, immutable')
      .send(this.files.read(place.workspaceId, place.id));
  }
}
