import { Readable } from 'node:stream';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type PageLanguage, languageOf } from '../../accounts/index.js';
import { Allow, CurrentMember, type MemberActor, Permission } from '../../platform/access/index.js';
import { csvLine } from '../../platform/csv/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { ImportFiles } from './import-files.js';
import { type ImportRow, type RejectionRow, importById, rejectionsFrom } from './import.row.js';
import { rejectionSentence } from './rejection-words.js';

const atOnce = 1_000;
const reasonColumn = { en: 'Why it was not taken', tr: 'Neden alınmadı' } as const;

/** `GET /exports/imports/:id/rejected.csv`: the lines of a file that became no lead, to be put right and uploaded again. */
@Controller('exports/imports')
export class RejectedLinesController {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly files: ImportFiles,
  ) {}

  @Get(':id/rejected.csv')
  @Allow(Permission.Converse)
  async download(
    @CurrentMember() { workspaceId }: MemberActor,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await this.workspaces.read(workspaceId, (tx) => importById(tx, id.toLowerCase()));
    if (found?.fileId === null || found === null || found.finishedAt === null)
      throw notFound('The import, or its file,');
    const lines = this.lines(workspaceId, found, found.fileId, languageOf(request));
    await reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="rejected.csv"')
      .header('cache-control', 'no-store')
      .header('x-content-type-options', 'nosniff')
      .send(Readable.from(lines));
  }

  private async *lines(
    workspaceId: string,
    row: ImportRow,
    fileId: string,
    language: PageLanguage,
  ): AsyncGenerator<string> {
    yield `\uFEFF${csvLine([...row.columns, reasonColumn[language]])}`;
    const rejections = this.rejections(workspaceId, row.id);
    let wanted = await rejections.next();
    for await (const { line, values } of this.files.rows(workspaceId, fileId, row)) {
      if (wanted.done === true) return;
      const { line: rejected, reason, place } = wanted.value;
      if (line < rejected) continue;
      const column = place === null ? null : (row.columns[place] ?? null);
      // What is more than there are columns stands behind the reason.
      const cells = row.columns.map((_, index) => values[index] ?? '');
      yield csvLine([...cells, rejectionSentence(reason, column, language), ...values.slice(row.columns.length)]);
      wanted = await rejections.next();
    }
  }

  private async *rejections(workspaceId: string, id: string): AsyncGenerator<RejectionRow, undefined> {
    for (let from = 0; ;) {
      const line = from;
      const rows = await this.workspaces.read(workspaceId, (tx) => rejectionsFrom(tx, id, line, atOnce));
      yield* rows;
      const last = rows.at(-1);
      if (last === undefined || rows.length < atOnce) return undefined;
      from = last.line + 1;
    }
  }
}
