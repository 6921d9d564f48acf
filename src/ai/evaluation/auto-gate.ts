import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { JobStatus } from '../../platform/graphql/index.js';
import type { BotRow } from '../bots/bot.row.js';
import { AiMode } from '../enums.js';
import { readSettings } from '../settings/settings-row.js';
import { AnsweringSettingsReader } from './answering-settings.js';
import { evaluationColumns, evaluationCounts, type EvaluationRow } from './evaluation.row.js';

/** An evaluation of fewer cases says too little to let a bot speak to customers. */
const leastCases = 10;

/** How far a bot is from what its workspace asks of one that answers by itself. */
export interface GateStanding {
  /** Null: nothing is asked. */
  readonly needsPercent: number | null;
  /** Of the newest evaluation of the bot as it is now; null where it was not tried so. */
  readonly reachedPercent: number | null;
  readonly cases: number;
}

/** A bot before it is changed: what it does, and by what it answers. */
export interface BotBefore {
  readonly mode: AiMode;
  readonly leadMode: AiMode;
  readonly digest: Buffer;
}

/** Keeps bots from answering by themselves before they were seen to answer well. Participants. */
@Injectable()
export class AutoGate {
  constructor(private readonly settings: AnsweringSettingsReader) {}

  /** How the bot stands before it is changed; null where nothing is asked of bots. */
  async before(tx: WorkspaceTransaction, bot: BotRow): Promise<BotBefore | null> {
    if ((await readSettings(tx)).autoNeedsPercent === null) return null;
    return { mode: bot.mode, leadMode: bot.leadMode, digest: await this.digestOf(tx, bot) };
  }

  async standing(tx: WorkspaceTransaction, bot: BotRow): Promise<GateStanding> {
    const { autoNeedsPercent } = await readSettings(tx);
    const newest = await tx.first<EvaluationRow>(sql`
      select ${evaluationColumns} from evaluations e ${evaluationCounts}
       where e.workspace_id = ${tx.workspaceId} and e.bot_id = ${bot.id} and e.status = ${JobStatus.DONE}
         and e.settings = ${await this.digestOf(tx, bot)} and n.total >= ${leastCases}
       order by e.id desc limit 1`);
    return {
      needsPercent: autoNeedsPercent,
      reachedPercent: newest === null ? null : Math.floor((newest.passed * 100) / newest.total),
      cases: newest?.total ?? 0,
    };
  }

  /** Refuses a bot that would answer by itself, new to it or by other settings than before, and was not seen to answer well. */
  async check(tx: WorkspaceTransaction, before: BotBefore | null, bot: BotRow): Promise<void> {
    const fields = (['mode', 'leadMode'] as const).filter((field) => bot[field] === AiMode.AUTO);
    const [field] = fields;
    if (field === undefined || (await readSettings(tx)).autoNeedsPercent === null) return;
    const isAsBefore = before !== null && fields.every((field) => before[field] === AiMode.AUTO);
    if (isAsBefore && before.digest.equals(await this.digestOf(tx, bot))) return;
    const { needsPercent, reachedPercent } = await this.standing(tx, bot);
    if (needsPercent === null) return;
    if (reachedPercent === null)
      throw new DomainError(
        ErrorCode.CONFLICT,
        `This workspace lets a bot answer by itself only after an evaluation of ${String(leastCases)} cases or more, as it is set up now. Evaluate it first.`,
        { reason: 'GATE_NOT_EVALUATED', values: { least: String(leastCases) }, field },
      );
    if (reachedPercent < needsPercent)
      throw new DomainError(
        ErrorCode.CONFLICT,
        `The bot answered ${String(reachedPercent)} % of its last evaluation well; this workspace asks for ${String(needsPercent)} %.`,
        {
          reason: 'GATE_NOT_REACHED',
          values: { had: String(reachedPercent), wanted: String(needsPercent) },
          field,
        },
      );
  }

  private async digestOf(tx: WorkspaceTransaction, bot: BotRow): Promise<Buffer> {
    return (await this.settings.read(tx, bot)).digest;
  }
}
