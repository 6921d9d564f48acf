import { Injectable } from '@nestjs/common';
import { AiOutcome } from '../enums.js';
import type { FoundPassage } from '../knowledge/search-passages.js';
import type { ModelAccess } from '../settings/model-access.js';
import { fitText } from './fit-text.js';
import type { Basis } from './change-of-draft.js';
import { type ModelCall, ModelClient } from './model-client.js';
import { plainText } from './plain-text.js';
import type { DraftPlan } from './plan-draft.js';
import { buildPrompt, promptVersion } from './prompt.js';
import { buildChangePrompt, changePromptVersion } from './change-prompt.js';
import { checkChange } from './change-check.js';
import { quotePassage } from './quote-passage.js';
import { changeProblems, notKept, runSentence, runWords } from './run-words.js';
import { type ModelAnswer, answerSoFar, readAnswer } from './read-answer.js';
import { sentencesOf } from '../knowledge/split-text.js';
import { type Acquaintance, supportedSentences } from './support-check.js';

/** One run to be recorded. */
export interface RunRecord {
  readonly provider: string;
  readonly model: string;
  readonly request: unknown;
  readonly response: string | null;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly latencyMs: number;
  readonly outcome: AiOutcome.PROPOSED | AiOutcome.REFUSED | AiOutcome.FAILED | AiOutcome.DISCARDED;
  readonly error: string | null;
  readonly promptVersion: string;
  readonly masked: readonly string[];
}

/** A reply to propose, and what it rests on. */
export interface Proposal {
  readonly text: string;
  readonly sources: readonly FoundPassage[];
  readonly confidence: number | null;
}

/** What came of composing: the runs in order, and the proposal of the last one; null where there is nothing to propose. */
export interface Composition {
  readonly runs: readonly RunRecord[];
  readonly proposal: Proposal | null;
}

/** Makes the text of a draft, by a model or word for word from the knowledge. Opens no transaction. */
@Injectable()
export class ComposeDraft {
  constructor(private readonly model: ModelClient) {}

  /** `onText` is given what may be shown so far, each time that there is more of it. */
  async compose(plan: DraftPlan, signal: AbortSignal, onText?: (text: string) => void): Promise<Composition> {
    if (!asksModel(plan)) return quote(plan);
    const asked = await this.ask(plan, plan.access, signal, onText);
    const [run] = asked.runs;
    if (run?.outcome !== AiOutcome.FAILED || plan.bot?.quoteOnFailure !== true || plan.basis !== null) return asked;
    const quoted = quote(plan);
    return { runs: [...asked.runs, ...quoted.runs], proposal: quoted.proposal };
  }

  private async ask(
    plan: DraftPlan,
    access: ModelAccess,
    signal: AbortSignal,
    onText?: (text: string) => void,
  ): Promise<Composition> {
    const parts = { ...plan, instructions: plan.bot?.instructions ?? '', maskDetails: access.maskDetails };
    const prompt = plan.basis === null ? buildPrompt(parts) : buildChangePrompt(plan.basis, parts);
    const temperature = plan.bot?.temperature ?? defaultTemperature;
    const onContent = onText === undefined ? undefined : readableAsItComes(plan, onText);
    const call = await this.model.ask(access, prompt.messages, temperature, signal, onContent);
    const { proposal, outcome, error } = judge(plan, call);
    const { promptTokens, completionTokens, latencyMs } = call;
    const run = {
      provider: access.provider,
      model: access.model,
      request: call.sent,
      response: call.content,
      promptTokens,
      completionTokens,
      latencyMs,
      outcome,
      error,
      promptVersion: plan.basis === null ? promptVersion : changePromptVersion,
      masked: prompt.masked,
    };
    return { runs: [run], proposal };
  }
}

/** Whether a model is asked at all. Without a passage, or a draft to change, there is nothing to ground an answer on. */
export function asksModel(plan: DraftPlan): plan is DraftPlan & { readonly access: ModelAccess } {
  return plan.access !== null && (plan.basis !== null || plan.passages.length > 0);
}

/**
 * Of an answer that is still being written, the sentences that are whole and that a passage supports. Which passages it rests
 * on is said at its end, so until then any of those that were given may; what they do not support nobody sees.
 */
function readableAsItComes(plan: DraftPlan, onText: (text: string) => void): (content: string) => void {
  const known = knownOf(plan);
  let looked = 0;
  let shown = '';
  return (content) => {
    // Only where a sentence may have ended is there something new to see.
    if (!/[.!?…؟。！？\n]/u.test(content.slice(looked))) return;
    looked = content.length;
    const whole = sentencesOf(plainText(answerSoFar(content))).slice(0, -1);
    const supported =
      plan.basis === null
        ? supportedSentences(whole.join('\n'), plan.passages, known)
        : checkChange(whole.join('\n'), plan.basis, known).sentences;
    const text = fitText(supported, plan.limits);
    if (text.length > shown.length) onText((shown = text));
  };
}

function knownOf(plan: DraftPlan): Acquaintance {
  return { contactName: plan.thread.contact.name, customerWords: plan.question };
}

export const defaultTemperature = 0.3;

type Verdict = { readonly proposal: Proposal | null } & Pick<RunRecord, 'outcome' | 'error'>;

/** Only what is cited, supported and plain is proposed. */
function judge(plan: DraftPlan, call: ModelCall): Verdict {
  if (call.failure !== null) {
    const outcome = call.failure.kind === 'refused' ? AiOutcome.REFUSED : AiOutcome.FAILED;
    return { proposal: null, outcome, error: call.failure.words };
  }
  const answer = readAnswer(call.content ?? '');
  if (answer.kind === 'unreadable')
    return { proposal: null, outcome: AiOutcome.FAILED, error: runWords.MODEL_UNREADABLE };
  const withheld = (error: string): Verdict => ({ proposal: null, outcome: AiOutcome.REFUSED, error });
  if (plan.basis !== null) return judgeChange(plan, plan.basis, answer);
  if (answer.kind === 'nothing') return withheld(runWords.NOTHING_FITS);
  const cited = answer.sources.map((number) => plan.passages[number - 1]).filter((passage) => passage !== undefined);
  if (cited.length === 0) return withheld(runWords.NOTHING_CITED);
  const text = fitText(supportedSentences(plainText(answer.text), cited, knownOf(plan)), plan.limits);
  if (text === '') return withheld(runWords.NOTHING_SUPPORTED);
  const least = plan.bot?.minConfidence ?? null;
  if (least !== null && answer.confidence !== null && answer.confidence < least) {
    return withheld(runSentence('UNSURE', { had: String(answer.confidence), wanted: String(least) }));
  }
  return {
    proposal: { text, sources: cited, confidence: answer.confidence },
    outcome: AiOutcome.PROPOSED,
    error: null,
  };
}

/** Other words for a draft that is grounded: proposed with its sources, or refused with what is wrong. */
function judgeChange(plan: DraftPlan, basis: Basis, answer: Exclude<ModelAnswer, { kind: 'unreadable' }>): Verdict {
  const { sentences, problem } =
    answer.kind === 'nothing'
      ? { sentences: [], problem: changeProblems.NO_OTHER_WORDS }
      : checkChange(plainText(answer.text), basis, knownOf(plan));
  const text = fitText(sentences, plan.limits);
  if (problem !== null || text === '')
    return {
      proposal: null,
      outcome: AiOutcome.REFUSED,
      error: notKept(problem ?? changeProblems.NONE_LEFT),
    };
  return {
    proposal: { text, sources: basis.sources, confidence: basis.confidence },
    outcome: AiOutcome.PROPOSED,
    error: null,
  };
}

/** The best passage in its own words. */
function quote(plan: DraftPlan): Composition {
  const [best] = plan.passages;
  const text =
    best === undefined ? '' : fitText(sentencesOf(plainText(quotePassage(best, plan.question))), plan.limits);
  const run: RunRecord = {
    provider: 'quote',
    model: 'knowledge',
    request: { query: plan.question },
    response: text === '' ? null : text,
    promptTokens: 0,
    completionTokens: 0,
    latencyMs: 0,
    outcome: text === '' ? AiOutcome.REFUSED : AiOutcome.PROPOSED,
    error: text === '' ? runWords.NOTHING_FITS : null,
    promptVersion: 'quote-1',
    masked: [],
  };
  return {
    runs: [run],
    proposal: best === undefined || text === '' ? null : { text, sources: [best], confidence: best.score },
  };
}
