import { Global, Module } from '@nestjs/common';
import { ErasePlatform } from './erase-platform.js';
import { LegalHolds } from './legal-holds.js';
import { PersonalData } from './personal-data.js';

/** Where each module says what it knows of people. */
@Global()
@Module({ providers: [PersonalData, LegalHolds, ErasePlatform], exports: [PersonalData, LegalHolds] })
export class PersonalDataModule {}
