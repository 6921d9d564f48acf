import { type DynamicModule, Global, Module } from '@nestjs/common';
import { AccessModule } from './access/index.js';
import { AuditModule } from './audit/index.js';
import { Config } from './config/index.js';
import { DatabaseModule } from './database/index.js';
import { DeliveriesModule } from './deliveries/index.js';
import { FilesModule } from './files/index.js';
import { GraphQLModule } from './graphql/index.js';
import { HealthModule } from './health/index.js';
import { HttpModule } from './http/index.js';
import { LiveModule } from './live/index.js';
import { LoggingModule } from './logging/index.js';
import { MailModule } from './mail/index.js';
import { OutboxModule } from './outbox/index.js';
import { PersonalDataModule } from './personal-data/index.js';
import { QueueModule } from './queue/index.js';
import { RecipientsModule } from './recipients/index.js';
import { SecretsModule } from './secrets/index.js';

/** Everything without a business word, one folder a concern. */
@Global()
@Module({
  imports: [
    LoggingModule,
    DatabaseModule,
    OutboxModule,
    QueueModule,
    SecretsModule,
    MailModule,
    DeliveriesModule,
    AuditModule,
    FilesModule,
    RecipientsModule,
    HttpModule,
    AccessModule,
    LiveModule,
    PersonalDataModule,
    GraphQLModule,
    HealthModule,
  ],
})
export class PlatformModule {
  /** The platform with the configuration of this process. */
  static with(config: Config): DynamicModule {
    return { module: PlatformModule, providers: [{ provide: Config, useValue: config }], exports: [Config] };
  }
}
