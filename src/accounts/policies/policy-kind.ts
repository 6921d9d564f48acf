import { registerEnumType } from '@nestjs/graphql';

/** What the published texts are about. */
export enum PolicyKind {
  TERMS = 'TERMS',
  PRIVACY = 'PRIVACY',
  REFUND = 'REFUND',
  PROCESSING = 'PROCESSING',
}

registerEnumType(PolicyKind, { name: 'PolicyKind', description: 'What a published text is about.' });
