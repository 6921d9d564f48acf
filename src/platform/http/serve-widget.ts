import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { builtFiles } from './built-files.js';

/**
 * Serves what the page of a web chat is built into, where the build put it: scripts, words and styles, each with its
 * content in its name. The page itself is made for each chat, by its own route.
 */
export async function serveWidget(app: NestFastifyApplication, folder: string): Promise<void> {
  if (!existsSync(path.join(folder, 'assets'))) return;
  await app
    .getHttpAdapter()
    .getInstance()
    .register(fastifyStatic, {
      ...builtFiles(folder, 'assets'),
      prefix: '/widget/assets/',
      decorateReply: false,
      setHeaders: (reply) => void reply.header('cache-control', 'public, max-age=31536000, immutable'),
    });
}
