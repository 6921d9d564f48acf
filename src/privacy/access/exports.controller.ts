import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../../platform/access/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { FileStore } from '../../platform/files/index.js';
import { ExportLinks } from './export-links.js';
import { type SubjectExport, SubjectExports } from './subject-exports.js';

/** `GET /privacy/exports/:id?expires&signature`: what a person is given, for whoever has its link, until it expires. */
@Controller('privacy/exports')
export class ExportsController {
  constructor(
    private readonly links: ExportLinks,
    private readonly workspaces: Workspaces,
    private readonly exports: SubjectExports,
    private readonly files: FileStore,
  ) {}

  @Get(':id')
  @Public('the signature in the link is the permission')
  async download(
    @Param('id') reference: string,
    @Query('expires') expires: string,
    @Query('signature') signature: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const place = this.links.verify(reference, String(expires), String(signature));
    const found =
      place === null ? null : await this.workspaces.read(place.workspaceId, (tx) => this.find(tx, place.id));
    if (place === null || found === null) throw notFound('This export, or a valid link to it,');
    const body = await this.files.read(place.workspaceId, place.id).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' ? notFound('This export') : error;
    });
    const day = found.createdAt.toISOString().slice(0, 10);
    await reply
      .header('content-type', 'application/zip')
      .header('content-length', String(found.size))
      .header('content-disposition', `attachment; filename="export-${day}.zip"`)
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'private, no-store')
      .send(body);
  }

  /** None is left to be read once it has expired, or the deletion of the workspace is recorded. */
  private async find(tx: WorkspaceTransaction, id: string): Promise<SubjectExport | null> {
    const found = await this.exports.byId(tx, id);
    if (found === null || found.state !== 'READY' || found.expired) return null;
    const going = await tx.first(sql`select 1 from workspace_deletions d where d.workspace_id = ${tx.workspaceId}`);
    return going === null ? found : null;
  }
}
