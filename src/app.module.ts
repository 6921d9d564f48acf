import { type DynamicModule, Module } from '@nestjs/common';
import { AccountsModule } from './accounts/index.js';
import { AiModule } from './ai/index.js';
import { ChannelsModule } from './channels/index.js';
import { ConversationsModule } from './conversations/index.js';
import type { Config } from './platform/config/index.js';
import { PlatformModule } from './platform/platform.module.js';

/** The composition root: the modules in their order, each importing from those before it alone. */
@Module({})
export class AppModule {
  static with(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [PlatformModule.with(config), AccountsModule, ChannelsModule, ConversationsModule, AiModule],
    };
  }
}
