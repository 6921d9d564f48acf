import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { builtFiles } from './built-files.js';

/**
 * Serves the built dashboard at `/`. Its own addresses are views of one page, so whatever a browser asks for as a page
 * and no route answers gets that page. Hashed assets are cached for good, the page never.
 */
export async function serveDashboard(app: NestFastifyApplication, folder: string): Promise<void> {
  const page = path.join(folder, 'index.html');
  if (!existsSync(page)) return;
  const fastify = app.getHttpAdapter().getInstance();
  await fastify.register(fastifyStatic, {
    ...builtFiles(folder),
    prefix: '/',
    setHeaders: cacheHeaders,
  });
  const sendPage = (_request: FastifyRequest, reply: FastifyReply) =>
    reply.header('cache-control', 'no-cache').sendFile('index.html');
  fastify.get('/', sendPage);
  for (const view of [
    // A workspace's own pages: inbox, search, contacts, settings.
    '/w/*',
    '/inbox',
    '/inbox/*',
    '/contacts',
    '/contacts/*',
    '/settings',
    '/settings/*',
    '/knowledge',
    '/knowledge/*',
    '/ai',
    '/ai/*',
    // What those who run the deployment see of all of it.
    '/instance',
    '/instance/*',
    '/sign-in',
    '/sign-up',
    '/welcome',
    // What mails lead to.
    '/verify-email',
    '/confirm-email',
    '/forgot-password',
    '/reset-password',
    '/accept-invitation',
  ]) {
    fastify.get(view, sendPage);
  }
}

function cacheHeaders(reply: FastifyReply, file: string): void {
  void reply.header(
    'cache-control',
    file.includes(`${path.sep}assets${path.sep}`) ? 'public, max-age=31536000, immutable' : 'no-cache',
  );
}
