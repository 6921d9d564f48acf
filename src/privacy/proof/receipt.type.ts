import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { ErasureReceipt } from './erasure-receipt.js';

/** What an erasure was of, as clients name it. */
export enum ErasureScope {
  CONTACT = 'CONTACT',
  CONVERSATION = 'CONVERSATION',
  CHANNEL = 'CHANNEL',
  USER = 'USER',
  WORKSPACE = 'WORKSPACE',
  LEAD = 'LEAD',
}
registerEnumType(ErasureScope, { name: 'ErasureScope', description: 'What an erasure was of.' });

@ObjectType('ErasedRows', { description: 'So many rows of something are gone.' })
export class ErasedRowsType {
  @Field(() => String, { description: 'Of what, by the name that the product gives it.' })
  what!: string;

  @Field(() => Int, { description: 'How many.' })
  count!: number;
}

@ObjectType('RetainedRows', { description: 'So many rows of something are kept.' })
export class RetainedRowsType {
  @Field(() => String, { description: 'Of what, by the name that the product gives it.' })
  what!: string;

  @Field(() => Int, { description: 'How many.' })
  count!: number;

  @Field(() => String, { description: 'On which ground.' })
  basis!: string;

  @Field(() => Date, { nullable: true, description: 'Until when, where that is known.' })
  until!: Date | null;
}

@ObjectType('ErasureReceipt', {
  description: 'Signed statement of what was erased. It holds counts and digests, never the erased data.',
})
export class ErasureReceiptType {
  @Field(() => ID, { description: 'The id of the receipt.' })
  id!: string;

  @Field(() => ErasureScope, { description: 'What was erased.' })
  scope!: ErasureScope;

  @Field(() => String, { description: 'A keyed digest of whose it was, which tells nothing without the key.' })
  subjectDigest!: string;

  @Field(() => [ErasedRowsType], { description: 'What is gone.' })
  erased!: readonly ErasedRowsType[];

  @Field(() => [RetainedRowsType], { description: 'What is kept, on which ground.' })
  retained!: readonly RetainedRowsType[];

  @Field(() => Date, { description: 'When the last of it was gone.' })
  completedAt!: Date;

  @Field(() => String, { description: 'The hash of the receipt before it.' })
  previousHash!: string;

  @Field(() => String, { description: 'Its own hash, over all that it says.' })
  hash!: string;

  @Field(() => String, { description: 'The signature over the hash.' })
  signature!: string;

  @Field(() => String, { description: 'Which key signed it.' })
  keyId!: string;

  static from(receipt: ErasureReceipt): ErasureReceiptType {
    const scope = ErasureScope[receipt.scope];
    return Object.assign(new ErasureReceiptType(), { ...receipt, scope });
  }
}
