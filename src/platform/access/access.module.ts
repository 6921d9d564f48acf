import { Global, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { AccessRulesCheck } from './access-rules.check.js';

/** Needs an Authenticator, which the accounts module provides. */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [AccessRulesCheck, { provide: APP_GUARD, useClass: AccessGuard }],
  exports: [AccessRulesCheck],
})
export class AccessModule {}
