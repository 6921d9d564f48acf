import { Global, Module } from '@nestjs/common';
import { PersonalData } from './personal-data.js';

/** Where each module says what it knows of people. */
@Global()
@Module({ providers: [PersonalData], exports: [PersonalData] })
export class PersonalDataModule {}
