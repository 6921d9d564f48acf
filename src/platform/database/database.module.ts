import { Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '../config/index.js';
import { Database } from './database.js';
import { SystemDatabase, Workspaces } from './workspaces.js';

@Global()
@Module({
  providers: [
    {
      provide: Database,
      inject: [Config],
      useFactory: (config: Config) => Database.connect(config.databaseUrl, 20),
    },
    Workspaces,
    SystemDatabase,
  ],
  exports: [Workspaces, SystemDatabase],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(private readonly database: Database) {}

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}
