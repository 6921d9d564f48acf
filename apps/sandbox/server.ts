import fastify from 'fastify';
import { Billing, billingRoutes } from './billing/billing.ts';
import { controlRoutes } from './control/routes.ts';
import { dialogRoutes } from './dialog/routes.ts';
import { Faults } from './faults.ts';
import { graphRoutes } from './graph/routes.ts';
import { Ledger } from './ledger.ts';
import { mediaRoutes } from './media/routes.ts';
import { ModelServer } from './openai/model-server.ts';
import { openaiRoutes } from './openai/routes.ts';
import { appFrom, settingsFrom, type SandboxOptions } from './options.ts';
import { pageRoutes } from './page-files.ts';
import { shopRoutes } from './shop-page.ts';
import { shopifyRoutes } from './shopify/routes.ts';
import { telegramRoutes } from './telegram/routes.ts';
import { turnstileRoutes } from './turnstile/routes.ts';
import { WebhookSender } from './webhooks/sender.ts';
import { seed } from './world/seed.ts';
import { World } from './world/world.ts';

export type { SandboxOptions } from './options.ts';

/** A sandbox that is listening. */
export interface RunningSandbox {
  url: string;
  close(): Promise<void>;
}

const BODY_LIMIT = 110 * 1024 * 1024;
const LEDGER_LIMIT = 200_000;

/** Starts the pretend platforms in this process. */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const world = new World(appFrom(options), settingsFrom(options));
  const ledger = new Ledger(options.ledgerLimit ?? LEDGER_LIMIT, (entry) => world.notify({ type: 'ledger', entry }));
  const webhooks = new WebhookSender(world, ledger);
  const faults = new Faults();
  const models = new ModelServer(options.openaiKey);
  const platform = { world, ledger, webhooks };
  const billing = new Billing(platform, options.billingSecret);
  seed(world);

  const server = fastify({
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 1000 },
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  graphRoutes(server, platform, faults);
  dialogRoutes(server, platform);
  telegramRoutes(server, platform, faults);
  mediaRoutes(server, world);
  shopifyRoutes(server, { ...platform, faults });
  turnstileRoutes(server, { ledger, faults });
  billingRoutes(server, { ...platform, faults, billing });
  openaiRoutes(server, { ledger, faults, models });
  controlRoutes(server, { ...platform, faults, models, billing });
  pageRoutes(server);
  shopRoutes(server);

  world.url = await server.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 });
  return {
    url: world.url,
    close: async () => {
      webhooks.close();
      await server.close();
    },
  };
}
