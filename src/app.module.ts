import path from 'node:path';
import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger as PinoLogger } from 'nestjs-pino';
import { AccountsModule, NotificationsModule } from './accounts/index.js';
import { AiModule } from './ai/index.js';
import { BillingModule, MerchantModule } from './billing/index.js';
import { ChannelsModule } from './channels/index.js';
import { ConversationsModule } from './conversations/index.js';
import { FormsModule, ImportModule, LeadsModule, ShopifyModule, WebhooksModule } from './leads/index.js';
import type { Config } from './platform/config/index.js';
import { fastifyAdapter, prepareFastify, serveDashboard, serveGraphiql, serveWidget } from './platform/http/index.js';
import { PlatformModule } from './platform/platform.module.js';
import {
  type FinishedRestore,
  FinishRestore,
  PendingRestore,
  PrivacyModule,
  isRestorePending,
} from './privacy/index.js';

/** The composition root: the modules in their order, each importing from those before it alone. */
@Module({})
export class AppModule {
  static with(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(config),
        BillingModule,
        MerchantModule,
        AccountsModule,
        NotificationsModule,
        ChannelsModule,
        ConversationsModule,
        LeadsModule,
        WebhooksModule,
        FormsModule,
        ShopifyModule,
        ImportModule,
        AiModule,
        PrivacyModule,
      ],
    };
  }
}

/**
 * Makes the application of one process, ready to listen. What it needs beside it (Postgres, Redis) runs already; the pages are
 * in `dashboard`, which the build puts beside this file, and those of web chats in `widget` beside it.
 */
export async function createApp(
  config: Config,
  dashboard = path.join(import.meta.dirname, '..', 'dashboard'),
): Promise<NestFastifyApplication> {
  const adapter = fastifyAdapter({ trustProxy: config.environment.TRUST_PROXY });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config), adapter, {
    bodyParser: false,
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(PinoLogger));
  try {
    await app.get(PendingRestore).refuse();
  } catch (error) {
    await app.close();
    throw error;
  }
  await prepareFastify(app);
  // The dashboard's files make answers able to send files; the chat's come after.
  await serveDashboard(app, dashboard);
  await serveWidget(app, path.join(dashboard, '..', 'widget'));
  await serveGraphiql(app, path.join(dashboard, '..', 'graphiql'));
  await app.init();
  return app;
}

/**
 * Does again what happened about privacy since a restored backup was made: with nothing listening, and no worker at work. Null
 * where no backup was restored. Throws where it cannot be done, and then no server may start.
 */
export async function finishRestore(config: Config): Promise<FinishedRestore | null> {
  if (!(await isRestorePending(config.databaseUrl))) return null;
  const idle = config.idle();
  const adapter = fastifyAdapter({ trustProxy: 0 });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(idle), adapter, {
    bodyParser: false,
    bufferLogs: true,
    abortOnError: false,
  });
  try {
    app.useLogger(app.get(PinoLogger));
    await app.init();
    return await app.get(FinishRestore).run();
  } finally {
    await app.close();
  }
}
