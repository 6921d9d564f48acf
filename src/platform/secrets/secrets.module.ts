import { Global, Module } from '@nestjs/common';
import { Config } from '../config/index.js';
import { SystemDatabase } from '../database/index.js';
import { KeyRing } from './key-ring.js';
import { openKeyRing } from './open-key-ring.js';
import { Secrets } from './secrets.js';

@Global()
@Module({
  providers: [{ provide: KeyRing, inject: [Config, SystemDatabase], useFactory: openKeyRing }, Secrets],
  exports: [KeyRing, Secrets],
})
export class SecretsModule {}
