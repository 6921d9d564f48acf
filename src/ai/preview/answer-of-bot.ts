import { Injectable } from '@nestjs/common';
import type { WorkspaceTransaction } from '../../platform/database/index.js';
import { type BotRow, knowledgeOfBot } from '../bots/bot.row.js';
import { type ReplyMaterial, passagesGiven } from '../drafting/plan-draft.js';
import { SearchPassages } from '../knowledge/search-passages.js';
import { ModelAccessReader } from '../settings/model-access.js';

/** As long as a channel of the common kind takes it; a preview is for none. */
const limits = { maxTextLength: 4_096, textUnit: 'characters' } as const;

/** Reads what a bot would answer a question from that nobody has asked yet: no conversation, no customer. */
@Injectable()
export class AnswerOfBot {
  constructor(
    private readonly search: SearchPassages,
    private readonly access: ModelAccessReader,
  ) {}

  /** Takes part in the transaction. */
  async read(tx: WorkspaceTransaction, bot: BotRow, question: string): Promise<ReplyMaterial> {
    const passages = await this.search.find(tx, {
      messages: [question],
      knowledgeIds: await knowledgeOfBot(tx, bot.id),
      limit: passagesGiven,
    });
    return {
      thread: { contact: { name: null }, messages: [] },
      bot,
      question,
      wish: null,
      before: null,
      basis: null,
      passages,
      access: await this.access.read(tx, bot.model),
      limits,
    };
  }
}
