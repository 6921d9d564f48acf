import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import { CurrentUser, ForOperators, type UserActor } from '../../../platform/access/index.js';
import { Config } from '../../../platform/config/index.js';
import { PrivacyRequestType } from '../privacy-request.type.js';
import type { RequestRow } from '../request.row.js';
import { AnswerUnowned } from './answer-unowned.js';
import { AskUnownedForProof } from './ask-unowned-for-proof.js';
import { ExtendUnowned } from './extend-unowned.js';

const requestId = () => Args('id', { type: () => ID, description: 'The request.' });

/** What those who run the deployment tell whoever asked. */
@Resolver()
export class AnswerUnownedResolver {
  constructor(
    private readonly answering: AnswerUnowned,
    private readonly asking: AskUnownedForProof,
    private readonly extending: ExtendUnowned,
    private readonly config: Config,
  ) {}

  @Mutation(() => PrivacyRequestType, {
    description: '(no workspace; instance operator) Answers a request that no workspace owns; whoever asked is told.',
  })
  @ForOperators()
  settleInstancePrivacyRequest(
    @CurrentUser() user: UserActor,
    @requestId() id: string,
    @Args('answer', { type: () => String, description: 'What was done, or why not; it is mailed to them.' })
    answer: string,
    @Args('refused', { type: () => Boolean, nullable: true, defaultValue: false, description: 'It is refused.' })
    refused: boolean | null,
  ): Promise<PrivacyRequestType> {
    return this.shown(this.answering.run(user, id, answer, refused === true));
  }

  @Mutation(() => PrivacyRequestType, {
    description:
      '(no workspace; instance operator) Asks who it is that asks: the address that was left gets a link that proves it, for 30 days.',
  })
  @ForOperators()
  askForInstanceProof(
    @CurrentUser() user: UserActor,
    @requestId() id: string,
    @Args('message', { type: () => String, description: 'What is asked; it is mailed to them.' }) message: string,
  ): Promise<PrivacyRequestType> {
    return this.shown(this.asking.run(user, id, message));
  }

  @Mutation(() => PrivacyRequestType, {
    description:
      '(no workspace; instance operator) Takes longer for a request that no workspace owns; the reason and the new date are mailed.',
  })
  @ForOperators()
  extendInstancePrivacyRequest(
    @CurrentUser() user: UserActor,
    @requestId() id: string,
    @Args('reason', { type: () => String, description: 'Why; it is mailed to them.' }) reason: string,
    @Args('until', {
      type: () => Date,
      nullable: true,
      description: 'The new date, 90 days after it came at the latest; that is the date where none is given.',
    })
    until?: Date | null,
  ): Promise<PrivacyRequestType> {
    return this.shown(this.extending.run(user, id, reason, until));
  }

  private async shown(row: Promise<RequestRow>): Promise<PrivacyRequestType> {
    return PrivacyRequestType.from(await row, this.config.publicUrl);
  }
}
