import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { type BotRow, knowledgeOfBot } from '../bots/bot.row.js';
import { quoteVersion } from '../drafting/compose-draft.js';
import { promptVersion } from '../drafting/prompt.js';
import { KnowledgeStatus } from '../enums.js';
import { ModelAccessReader } from '../settings/model-access.js';

/** All that decides what a bot answers. */
export interface AnsweringSettings {
  /** Null: it quotes. */
  readonly model: string | null;
  readonly promptVersion: string;
  /** Two bots with the same digest answer alike. */
  readonly digest: Buffer;
}

/** Tells by what a bot answers: the wording of the prompt, its instructions, its model, its knowledge. */
@Injectable()
export class AnsweringSettingsReader {
  constructor(private readonly access: ModelAccessReader) {}

  /** Takes part in the transaction. */
  async read(tx: WorkspaceTransaction, bot: BotRow): Promise<AnsweringSettings> {
    const access = await this.access.read(tx, bot.model);
    const model = access?.model ?? null;
    const version = model === null ? quoteVersion : promptVersion;
    const parts = [
      version,
      model,
      bot.instructions,
      bot.temperature,
      bot.minConfidence,
      await knowledgeNow(tx, bot.id),
      // What is found by its meaning is answered from too.
      ...(access === null || access.embeddingModel === null ? [] : [access.embeddingModel]),
    ];
    return { model, promptVersion: version, digest: createHash('sha256').update(JSON.stringify(parts)).digest() };
  }
}

/** What the bot knows, in a word that changes with it. */
async function knowledgeNow(tx: WorkspaceTransaction, botId: string): Promise<string> {
  const given = await knowledgeOfBot(tx, botId);
  const row = await tx.first<{ known: string }>(sql`
    select coalesce(string_agg(encode(k.digest, 'hex'), ',' order by k.digest), '') as known from knowledge_sources k
     where k.workspace_id = ${tx.workspaceId} and k.status = ${KnowledgeStatus.READY} and not k.internal
       and (${given}::uuid[] is null or k.id = any (${given}::uuid[]))`);
  return row?.known ?? '';
}
