import { Global, Module } from '@nestjs/common';
import { KeyRing } from './key-ring.js';
import { Secrets } from './secrets.js';

@Global()
@Module({ providers: [KeyRing, Secrets], exports: [KeyRing, Secrets] })
export class SecretsModule {}
