import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import { Injectable } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { builtFiles } from './built-files.js';

/** The built page for GraphQL, as it is sent to those who may see it; null where it is not built. */
@Injectable()
export class GraphiqlPage {
  html: string | null = null;
}

/** Serves what the page for GraphQL is built into. The page itself has a route, which looks at who asks. */
export async function serveGraphiql(app: NestFastifyApplication, folder: string): Promise<void> {
  const page = path.join(folder, 'index.html');
  if (!existsSync(page)) return;
  app.get(GraphiqlPage).html = readFileSync(page, 'utf8');
  await app
    .getHttpAdapter()
    .getInstance()
    .register(fastifyStatic, {
      ...builtFiles(folder, 'assets'),
      prefix: '/graphiql/assets/',
      decorateReply: false,
      setHeaders: (reply) => void reply.header('cache-control', 'public, max-age=31536000, immutable'),
    });
}
