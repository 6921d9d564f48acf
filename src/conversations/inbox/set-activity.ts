import { Injectable } from '@nestjs/common';
import { type MemberActor, Permission } from '../../platform/access/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { PassingSignals } from '../outbound/passing-signals.js';
import { requireConversation } from '../require-conversation.js';
import { ActivityBoard } from './activity-board.js';

/** Says that a member looks at a conversation or types in it. */
@Injectable()
export class SetActivity {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly board: ActivityBoard,
    private readonly passing: PassingSignals,
  ) {}

  async run(
    member: MemberActor,
    id: string,
    does: { readonly typing: boolean; readonly viewing: boolean },
  ): Promise<boolean> {
    if (does.typing && !member.permissions.has(Permission.Converse)) {
      throw new DomainError(ErrorCode.FORBIDDEN, 'Your role may look at conversations and not write in them.');
    }
    const { workspaceId, memberId } = member;
    const conversationId = await this.workspaces.read(workspaceId, (tx) => requireConversation(tx, id));
    // Only a person who is signed in types.
    if (does.typing && member.user !== null) this.passing.show(workspaceId, conversationId, 'typing');
    this.board.tell(workspaceId, { conversationId, memberId, ...does, contactTyping: false });
    return true;
  }
}
