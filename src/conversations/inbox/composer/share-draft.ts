import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../../platform/access/index.js';
import { badInput } from '../../../platform/errors/index.js';
import type { MessageRow } from '../../message.row.js';
import { AddNote } from '../add-note.js';
import { ComposerDrafts, wordsOf } from './composer-drafts.js';

/** Shows the words of a member's draft to others: as a note that names them. The draft stays as it is. */
@Injectable()
export class ShareDraft {
  constructor(
    private readonly drafts: ComposerDrafts,
    private readonly note: AddNote,
  ) {}

  async run(member: MemberActor, conversationId: string, memberIds: readonly string[]): Promise<MessageRow> {
    if (memberIds.length === 0) throw badInput('memberIds', 'Say who shall see it.', 'SHARE_WITH');
    const words = wordsOf(await this.drafts.read(member, conversationId));
    return this.note.run(member, conversationId, words, memberIds);
  }
}
