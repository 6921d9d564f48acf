import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../access/index.js';
import { Workspaces } from '../database/index.js';
import { notFound } from '../errors/index.js';
import { unknownType } from './content-type.js';
import { FileLinks } from './file-links.js';
import type { ByteRange } from './file-storage.js';
import { FileStore } from './file-store.js';
import { thumbnailType } from './pictures.js';

/**
 * `GET /files/:id?expires&signature`: an attachment; only signed links work, and only until they expire. It is a download
 * wherever it is opened by itself: a page of ours shows pictures and plays recordings, and nothing else is ever run.
 */
@Controller('files')
export class FilesController {
  constructor(
    private readonly links: FileLinks,
    private readonly files: FileStore,
    private readonly workspaces: Workspaces,
  ) {}

  @Get(':id')
  @Public('the signature in the link is the permission')
  async serve(
    @Param('id') reference: string,
    @Query('expires') expires: string,
    @Query('signature') signature: string,
    @Headers('range') asked: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const place = this.links.verify(reference, String(expires), String(signature));
    if (place === null) throw notFound('This file, or a valid link to it,');
    const file = await this.workspaces.read(place.workspaceId, (tx) => this.files.find(tx, place.id));
    if (file === null) throw notFound('This file');
    const whole = place.variant === 'whole';
    const range = whole ? rangeOf(asked, file.size) : null;
    const body = await this.files
      .read(place.workspaceId, place.id, place.variant, range ?? undefined)
      .catch((error: NodeJS.ErrnoException) => {
        throw error.code === 'ENOENT' ? notFound('This file') : error;
      });
    if (whole) {
      void reply
        .header('accept-ranges', 'bytes')
        .header('content-length', String(range === null ? file.size : range.end - range.start + 1));
    }
    if (range !== null)
      void reply
        .status(206)
        .header('content-range', `bytes ${String(range.start)}-${String(range.end)}/${String(file.size)}`);
    await reply
      .header('content-type', whole ? servedType(file.contentType) : thumbnailType)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name ?? file.id)}`)
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'private, max-age=1800, immutable')
      .send(body);
  }
}

/** Types that are shown, played or handed to another program. No page, drawing, script or style is among them. */
const inert =
  /^(?:audio|video)\/|^image\/(?!svg)|^application\/(?:pdf|rtf|msword|zip|gzip|epub\+zip|x-7z-compressed|vnd\.[\w.-]+)$/;

/**
 * Texts say how they are written. Nothing is served as what a page or a browser would run: none is ever stored, and if one
 * were, told wrongly by its bytes, a script of the right type would pass `nosniff`.
 */
function servedType(contentType: string): string {
  if (contentType.startsWith('text/')) return 'text/plain; charset=utf-8';
  return inert.test(contentType) ? contentType : unknownType;
}

/** One range of bytes, as players ask for; everything else gets the whole. */
function rangeOf(header: string | undefined, size: number): ByteRange | null {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (size === 0 || (from === '' && to === '')) return null;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return start > end ? null : { start, end };
}
