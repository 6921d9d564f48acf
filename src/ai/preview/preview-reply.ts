import { Injectable } from '@nestjs/common';
import { Entitlements } from '../../billing/index.js';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces, cleanInput, newId } from '../../platform/database/index.js';
import { badInput, notFound } from '../../platform/errors/index.js';
import { Bots } from '../bots/bots.js';
import { ComposeDraft } from '../drafting/compose-draft.js';
import { DraftType } from '../drafting/draft.type.js';
import { recordRuns } from '../drafting/record-runs.js';
import { SourceType } from '../drafting/source.type.js';
import { AiPurpose, DraftStatus } from '../enums.js';
import { AnswerOfBot } from './answer-of-bot.js';

const longestText = 4_000;
const deadline = 35_000;

/** Shows what a bot would answer to a text. Nothing is sent, and nothing is kept but the record of the run. */
@Injectable()
export class PreviewReply {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly bots: Bots,
    private readonly answers: AnswerOfBot,
    private readonly composer: ComposeDraft,
    private readonly entitlements: Entitlements,
  ) {}

  async run(actor: MemberActor, botId: string, text: string): Promise<DraftType> {
    const question = cleanInput(text);
    if (question === '') throw badInput('text', 'Write what a customer would write.', 'WRITE_FIRST');
    if (question.length > longestText)
      throw badInput('text', `Use at most ${String(longestText)} characters.`, 'TOO_LONG', {
        most: String(longestText),
      });
    const material = await this.workspaces.read(actor.workspaceId, async (tx) => {
      const bot = await this.bots.row(tx, botId);
      if (bot === null) throw notFound('The bot');
      await this.entitlements.requireLive(tx);
      return this.answers.read(tx, bot, question);
    });
    const { runs, proposal } = await this.composer.compose(material, AbortSignal.timeout(deadline));
    const about = { purpose: AiPurpose.PREVIEW, botId, conversationId: null };
    const runId = await this.workspaces.run(actor.workspaceId, (tx) => recordRuns(tx, about, runs));
    const preview = DraftType.from({
      id: runId ?? newId(),
      conversationId: null,
      leadId: null,
      runId,
      text: proposal?.text ?? '',
      status: proposal === null ? DraftStatus.FAILED : DraftStatus.PROPOSED,
      confidence: proposal?.confidence ?? null,
      createdAt: new Date(),
      change: null,
      language: null,
    });
    // It is no draft of a conversation, so what it rests on stands nowhere else.
    preview.cites = (proposal?.sources ?? []).map(({ question: asked, text: said, ...source }) =>
      SourceType.from({ ...source, passage: asked === null ? said : `${asked}\n${said}`, internal: false }),
    );
    return preview;
  }
}
