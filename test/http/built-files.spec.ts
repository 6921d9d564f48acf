import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyInstance, fastify } from 'fastify';
import { serveDashboard, serveWidget } from '../../src/platform/http/index.js';
import { compressFiles, keepAssetsBefore } from '../../tools/assets.mjs';

const script = `export const words = ${JSON.stringify('It is said again. '.repeat(200))};`;

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

describe('the files of a built page', () => {
  let folder: string;
  let server: FastifyInstance;
  let port: number;
  /** As it goes over the line: nothing is unpacked on the way. */
  const ask = (place: string, headers: Record<string, string> = {}) =>
    new Promise<Answer>((resolve, reject) => {
      request({ host: '127.0.0.1', port, path: place, headers }, (response) => {
        const parts: Buffer[] = [];
        response
          .on('data', (part: Buffer) => parts.push(part))
          .on('end', () => {
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) });
          });
      })
        .on('error', reject)
        .end();
    });

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'built-files-'));
    for (const page of ['dashboard', 'widget']) {
      const [before, now] = [path.join(folder, 'before', page), path.join(folder, page)];
      for (const [place, name] of [
        [before, 'old-1.js'],
        [now, 'app-2.js'],
      ] as const) {
        await mkdir(path.join(place, 'assets'), { recursive: true });
        await writeFile(path.join(place, 'assets', name), script);
        await writeFile(path.join(place, 'assets', 'tiny-0.js'), '1');
        await writeFile(path.join(place, 'index.html'), `<!doctype html><title>${'x'.repeat(500)}</title>`);
        compressFiles(place);
      }
      keepAssetsBefore(before, now);
    }
    server = fastify();
    const app = { getHttpAdapter: () => ({ getInstance: () => server }) } as unknown as NestFastifyApplication;
    await serveDashboard(app, path.join(folder, 'dashboard'));
    await serveWidget(app, path.join(folder, 'widget'));
    await server.listen({ host: '127.0.0.1', port: 0 });
    port = (server.server.address() as { port: number }).port;
  });
  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  it.each(['/assets', '/widget/assets'])('go over the line packed as the build has packed them: %s', async (below) => {
    const etags = new Set<unknown>();
    for (const [accepted, encoding, unpack] of [
      ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
      ['gzip', 'gzip', gunzipSync],
      ['identity', undefined, (body: Buffer) => body],
    ] as const) {
      const { status, headers, body } = await ask(`${below}/app-2.js`, { 'accept-encoding': accepted });
      expect([status, headers['content-encoding'], headers['vary']]).toEqual([200, encoding, 'accept-encoding']);
      expect(headers['content-type']).toMatch(/javascript/);
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(unpack(body).toString()).toBe(script);
      if (encoding !== undefined) expect(body.length).toBeLessThan(script.length / 10);
      etags.add(headers['etag']);
      const again = await ask(`${below}/app-2.js`, {
        'accept-encoding': accepted,
        'if-none-match': String(headers['etag']),
      });
      expect([again.status, again.body.length]).toEqual([304, 0]);
    }
    expect([etags.size, etags.has(undefined)]).toEqual([3, false]);
  });

  it.each(['/assets', '/widget/assets'])(
    'of the build before are there for the pages it has made: %s',
    async (below) => {
      const { status, headers, body } = await ask(`${below}/old-1.js`, { 'accept-encoding': 'br' });
      expect([status, headers['content-encoding'], brotliDecompressSync(body).toString()]).toEqual([200, 'br', script]);
      // Two builds later nobody asks for them.
      const next = path.join(folder, 'next');
      await mkdir(path.join(next, 'assets'), { recursive: true });
      keepAssetsBefore(path.join(folder, below === '/assets' ? 'dashboard' : 'widget'), next);
      await expect(rm(path.join(next, 'before/assets/app-2.js'))).resolves.toBeUndefined();
      await expect(rm(path.join(next, 'before/assets/old-1.js'))).rejects.toThrow('ENOENT');
      await rm(next, { recursive: true });
    },
  );

  it('are not packed where that saves nothing, and have no address but their own', async () => {
    const { status, headers, body } = await ask('/assets/tiny-0.js', { 'accept-encoding': 'gzip, br' });
    expect([status, headers['content-encoding'], body.toString()]).toEqual([200, undefined, '1']);
    const elsewhere = ['', 'assets/app-2.js.br', 'assets/app-2.js.gz', 'widget/assets/app-2.js.br', 'index.html.gz'];
    for (const place of [...elsewhere.slice(1), 'before/assets/old-1.js', 'widget/assets/before/assets/old-1.js'])
      expect([place, (await ask(`/${place}`)).status]).toEqual([place, 404]);
  });

  it('are packed for the page itself too, which is never kept', async () => {
    const { status, headers, body } = await ask('/', { 'accept-encoding': 'br' });
    expect([status, headers['content-encoding'], headers['cache-control']]).toEqual([200, 'br', 'no-cache']);
    expect(headers['content-type']).toMatch(/^text\/html/);
    expect(brotliDecompressSync(body).toString()).toContain('<!doctype html>');
  });
});
