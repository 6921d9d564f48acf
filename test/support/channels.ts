import { randomUUID } from 'node:crypto';
import { Global, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import pg from 'pg';
import { Farewells, NotificationDetails, Notifications, Policies } from '../../src/accounts/index.js';
import { PolicyDocuments } from '../../src/accounts/policies/policy-documents.js';
import { BillingModule } from '../../src/billing/index.js';
import { ChannelsModule } from '../../src/channels/index.js';
import { Authenticator, type MemberActor, Permission, type RequestOrigin } from '../../src/platform/access/index.js';
import { AuditModule } from '../../src/platform/audit/index.js';
import { Config, readEnvironment } from '../../src/platform/config/index.js';
import { DatabaseModule, newId } from '../../src/platform/database/index.js';
import { DeliveriesModule, Intake } from '../../src/platform/deliveries/index.js';
import { FilesModule } from '../../src/platform/files/index.js';
import { OutgoingClient } from '../../src/platform/http/index.js';
import { LiveFeed, LiveNews } from '../../src/platform/live/index.js';
import { Recipients } from '../../src/platform/recipients/index.js';
import { MailModule, WorkspaceOwners } from '../../src/platform/mail/index.js';
import { OutboxModule } from '../../src/platform/outbox/index.js';
import { QueueModule } from '../../src/platform/queue/index.js';
import { SecretsModule } from '../../src/platform/secrets/index.js';
import { type TestDatabase, createTestDatabase } from './database.js';
import { FakeGraph } from './fake-graph.js';

export const app = { id: '550000000000001', secret: 'test-app-secret', verifyToken: 'verify' };
export const origin: RequestOrigin = { ip: '198.51.100.1', userAgent: 'a browser', requestId: 'request' };

const secrets = {
  encryptionKeys: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
  passwordPepper: 'a pepper for the tests',
  metaVerifyToken: app.verifyToken,
  sandboxAppSecret: 'sandbox',
  vapidPrivateKey: Buffer.alloc(32, 7).toString('base64url'),
  receiptSigningKey: Buffer.alloc(32, 11).toString('base64'),
};

/** The channels on a database of their own, before a Graph that says what a test wants. */
export class ChannelsUnderTest {
  private constructor(
    private readonly database: TestDatabase,
    /** The owner's connection, to look. */
    readonly admin: pg.Client,
    readonly graph: FakeGraph,
    readonly module: TestingModule,
  ) {}

  static async start(environment: Record<string, string> = {}): Promise<ChannelsUnderTest> {
    const database = await createTestDatabase();
    const admin = new pg.Client({ connectionString: database.ownerUrl });
    await admin.connect();
    const graph = await FakeGraph.start();
    const config = new Config(
      readEnvironment({
        NODE_ENV: 'test',
        META_APP_ID: app.id,
        META_APP_SECRET: app.secret,
        META_GRAPH_URL: graph.url,
        INSTAGRAM_GRAPH_URL: `${graph.url}/instagram`,
        TELEGRAM_API_URL: `${graph.url}/telegram`,
        LINE_API_URL: `${graph.url}/line`,
        ...environment,
      }),
      secrets,
      database.appUrl,
      null,
    );

    @Global()
    @Module({
      providers: [
        { provide: Config, useValue: config },
        LiveNews,
        LiveFeed,
        OutgoingClient,
        Recipients,
        { provide: Authenticator, useValue: { authenticate: () => Promise.resolve(null) } },
        Farewells,
        NotificationDetails,
        Notifications,
        Policies,
        PolicyDocuments,
        { provide: WorkspaceOwners, useValue: { of: () => Promise.resolve([]) } },
      ],
      exports: [
        Config,
        LiveFeed,
        OutgoingClient,
        Recipients,
        Authenticator,
        Farewells,
        NotificationDetails,
        Notifications,
        Policies,
        WorkspaceOwners,
      ],
    })
    class Surroundings {}

    const compiled = await Test.createTestingModule({
      imports: [
        QueueModule,
        Surroundings,
        DatabaseModule,
        SecretsModule,
        MailModule,
        FilesModule,
        OutboxModule,
        AuditModule,
        DeliveriesModule,
        BillingModule,
        ChannelsModule,
      ],
    }).compile();
    return new ChannelsUnderTest(database, admin, graph, await compiled.init());
  }

  /** Counts the calls that are stored from now on: rows go as they are applied. */
  countStored(): () => number {
    const intake = this.module.get(Intake);
    const store = intake.store.bind(intake);
    let count = 0;
    intake.store = async (...call) => {
      await store(...call);
      count += 1;
    };
    return () => count;
  }

  async stop(): Promise<void> {
    await this.module.close();
    await this.graph.stop();
    await this.admin.end();
    await this.database.drop();
  }

  /** A workspace of somebody who may do everything in it. */
  async workspace(): Promise<MemberActor> {
    const workspaceId = newId();
    await this.admin.query('insert into workspaces (id, name) values ($1, $2)', [workspaceId, 'Engines']);
    await this.admin.query('insert into workspace_counters (workspace_id) values ($1) on conflict do nothing', [
      workspaceId,
    ]);
    return {
      kind: 'member',
      workspaceId,
      memberId: randomUUID(),
      userId: randomUUID(),
      role: 'OWNER',
      permissions: new Set(Object.values(Permission)),
      credential: { kind: 'session', id: 'session' },
      user: null,
    };
  }
}
