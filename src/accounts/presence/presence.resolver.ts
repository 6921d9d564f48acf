import { Args, Context, Parent, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import { Allow, CurrentMember, type MemberActor, Permission, RequestContext } from '../../platform/access/index.js';
import { PassingStream } from '../../platform/live/index.js';
import { MemberLoader } from '../workspaces/member.loader.js';
import { MemberType } from '../workspaces/member.type.js';
import { MembersHere } from './members-here.js';
import { PresenceBoard } from './presence-board.js';
import { type ChangedMember, PresenceType } from './presence.type.js';

/** Who is here, and that one is here oneself. */
@Resolver(() => PresenceType)
export class PresenceResolver {
  constructor(
    private readonly here: MembersHere,
    private readonly board: PresenceBoard,
    private readonly members: MemberLoader,
  ) {}

  @Subscription(() => PresenceType, {
    description:
      'Who is here: first you yourself, then those who are, then each member of whom it changes. While it is open you are here yourself, unless you are away; a token is nobody. Not stored and not replayed.',
  })
  @Allow(Permission.Read)
  presence(
    @CurrentMember() actor: MemberActor,
    @Args('away', {
      type: () => Boolean,
      nullable: true,
      description: 'true: the page is open, and nobody is at it. You see who is here and are not.',
    })
    away: boolean | null | undefined,
  ): PassingStream<'presence', ChangedMember> {
    const { workspaceId, memberId, credential } = actor;
    return new PassingStream('presence', (push) => {
      // Whoever is alone hears that the line stands.
      push({ memberId });
      const unwatch = this.board.watch(workspaceId, (ids) => {
        for (const id of ids) push({ memberId: id });
      });
      const leave = away === true || credential.kind !== 'session' ? null : this.here.come(workspaceId, memberId);
      return () => {
        unwatch();
        leave?.();
      };
    });
  }

  @ResolveField(() => MemberType, {
    nullable: true,
    description: 'Who, as they are now; null where they have left the workspace meanwhile.',
  })
  async member(@Parent() { memberId }: ChangedMember, @Context() context: RequestContext): Promise<MemberType | null> {
    // A subscription outlives what was loaded for the event before.
    context.loaders.clear();
    const row = await this.members.load(context, memberId);
    return row === null ? null : MemberType.from(row);
  }
}
