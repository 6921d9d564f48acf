import { Args, Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { MemberLoader, MemberType } from '../../accounts/index.js';
import { Allow, CurrentMember, type MemberActor, Permission, RequestContext } from '../../platform/access/index.js';
import { LeadLoader } from '../lead.loader.js';
import { LeadType } from '../lead.type.js';
import { ListReminders } from './list-reminders.js';
import { LeadReminderConnection, LeadReminderType } from './reminder.type.js';
import { RemindersLoader } from './reminders.loader.js';
import { SetReminder } from './set-reminder.js';

/** Reminders, set and listed. */
@Resolver(() => LeadType)
export class ReminderResolver {
  constructor(
    private readonly list: ListReminders,
    private readonly loader: RemindersLoader,
    private readonly reminder: SetReminder,
  ) {}

  @Query(() => LeadReminderConnection, { description: 'Your own reminders of leads, the earliest first.' })
  @Allow(Permission.Read)
  async leadReminders(
    @CurrentMember() member: MemberActor,
    @Args('due', {
      type: () => Boolean,
      nullable: true,
      description: 'true: those whose time has come; false: those whose time has not; all when left out.',
    })
    due: boolean | null | undefined,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 25, description: 'How many, 100 at most.' })
    first: number | null | undefined,
    @Args('after', { type: () => String, nullable: true, description: 'The endCursor of the page before.' })
    after: string | null | undefined,
  ): Promise<LeadReminderConnection> {
    const page = await this.list.run(member, { due, first, after });
    return { nodes: page.nodes.map((row) => LeadReminderType.from(row)), pageInfo: page.pageInfo };
  }

  @ResolveField(() => [LeadReminderType], { description: 'Who wants to be reminded of it, the earliest first.' })
  async reminders(@Parent() { id }: LeadType, @Context() context: RequestContext): Promise<LeadReminderType[]> {
    return ((await this.loader.load(context, id)) ?? []).map((row) => LeadReminderType.from(row));
  }

  @Mutation(() => LeadType, {
    description:
      'Reminds you of a lead at a time. You have one reminder for each lead: setting it again moves it. It stays after its time until it is cleared.',
  })
  @Allow(Permission.Converse)
  async setLeadReminder(
    @CurrentMember() member: MemberActor,
    @Args('leadId', { type: () => ID, description: 'The lead.' }) leadId: string,
    @Args('at', { type: () => Date, description: 'When: ahead, within five years.' }) at: Date,
    @Args('text', { type: () => String, nullable: true, description: 'What is to be done, 500 characters at most.' })
    text: string | null | undefined,
  ): Promise<LeadType> {
    return LeadType.from(await this.reminder.set(member, leadId, at, text));
  }

  @Mutation(() => LeadType, {
    description: 'Clears your reminder of a lead: it is done, or not wanted. Where there is none nothing happens.',
  })
  @Allow(Permission.Converse)
  async clearLeadReminder(
    @CurrentMember() member: MemberActor,
    @Args('leadId', { type: () => ID, description: 'The lead.' }) leadId: string,
  ): Promise<LeadType> {
    return LeadType.from(await this.reminder.clear(member, leadId));
  }
}

/** Whose a reminder is, and of what. */
@Resolver(() => LeadReminderType)
export class ReminderFieldsResolver {
  constructor(
    private readonly leads: LeadLoader,
    private readonly members: MemberLoader,
  ) {}

  @ResolveField(() => LeadType, { description: 'The lead.' })
  async lead(@Parent() { id, leadId }: LeadReminderType, @Context() context: RequestContext): Promise<LeadType> {
    const row = await this.leads.load(context, leadId);
    if (row === null) throw new Error(`Reminder ${id} names a lead that is not there.`);
    return LeadType.from(row);
  }

  @ResolveField(() => MemberType, { nullable: true, description: 'Who wants to be reminded.' })
  async member(
    @Parent() { memberId }: LeadReminderType,
    @Context() context: RequestContext,
  ): Promise<MemberType | null> {
    const row = await this.members.load(context, memberId);
    return row === null ? null : MemberType.from(row);
  }
}
