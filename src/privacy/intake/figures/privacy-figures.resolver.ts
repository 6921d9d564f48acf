import { Query, Resolver } from '@nestjs/graphql';
import {
  Allow,
  CurrentMember,
  CurrentUser,
  ForOperators,
  type MemberActor,
  Permission,
  type UserActor,
} from '../../../platform/access/index.js';
import { CountRequests } from './count-requests.js';
import { PrivacyFigures } from './privacy-figures.type.js';

/** How long requests take. */
@Resolver()
export class PrivacyFiguresResolver {
  constructor(private readonly counting: CountRequests) {}

  @Query(() => PrivacyFigures, {
    description: 'How long requests under the law take in the workspace, and what waits.',
  })
  @Allow(Permission.HandlePrivacy)
  privacyFigures(@CurrentMember() member: MemberActor): Promise<PrivacyFigures> {
    return this.counting.ofWorkspace(member);
  }

  @Query(() => PrivacyFigures, {
    description: '(no workspace; instance operator) How long requests take in the whole deployment, and what waits.',
  })
  @ForOperators()
  instancePrivacyFigures(@CurrentUser() user: UserActor): Promise<PrivacyFigures> {
    return this.counting.ofInstance(user);
  }
}
