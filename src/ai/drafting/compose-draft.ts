import { Injectable } from '@nestjs/common';
import { AiOutcome, CutReason } from '../enums.js';
import { BlendPassages } from '../knowledge/embedding/blend-passages.js';
import type { FoundPassage } from '../knowledge/search-passages.js';
import type { ModelAccess } from '../settings/model-access.js';
import { assumedCostOf, costOf } from '../settings/prices.js';
import { fitText, leftOut } from './fit-text.js';
import { HiddenDetails, marksIn } from './hidden-details.js';
import type { Basis } from './change-of-draft.js';
import { type ModelCall, ModelClient } from './model-client.js';
import { plainText } from './plain-text.js';
import { type ReplyMaterial, passagesGiven } from './plan-draft.js';
import { alonePromptVersion, buildPrompt, promptVersion } from './prompt.js';
import { buildChangePrompt, changePromptVersion } from './change-prompt.js';
import { checkChange } from './change-check.js';
import { quotePassage } from './quote-passage.js';
import { changeProblems, notKept, runSentence, runWords } from './run-words.js';
import { type ModelAnswer, answerSoFar, readAnswer } from './read-answer.js';
import { sentencesOf } from '../knowledge/split-text.js';
import { sparingly } from './sparingly.js';
import { type Acquaintance, type CutSentence, checkSentences, supportedSentences } from './support-check.js';

/** One run to be recorded. */
export interface RunRecord {
  readonly provider: string;
  readonly model: string;
  readonly request: unknown;
  readonly response: string | null;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly latencyMs: number;
  readonly outcome: AiOutcome;
  readonly error: string | null;
  readonly promptVersion: string;
  readonly masked: readonly string[];
  /** What it was given to answer from, in the order of the request. */
  readonly passages: readonly FoundPassage[];
  /** Which of them the answer names. */
  readonly cited: readonly FoundPassage[];
  /** What was taken out of the answer, and why. */
  readonly cut: readonly CutSentence[];
  /** Null where the price is not known. */
  readonly costCents: number | null;
  /** What it counts against budgets where the price is not known. */
  readonly assumedCents?: number;
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
  constructor(
    private readonly model: ModelClient,
    private readonly meaning: BlendPassages,
  ) {}

  /** `onText` is given what may be shown so far, each time that there is more of it. */
  async compose(plan: ReplyMaterial, signal: AbortSignal, onText?: (text: string) => void): Promise<Composition> {
    if (!asksModel(plan)) return quote(plan);
    const found = await this.found(plan, plan.access, signal);
    if (plan.basis === null && found.length === 0) return quote(plan);
    const asked = await this.ask({ ...plan, passages: found }, plan.access, signal, onText);
    const [run] = asked.runs;
    if (run?.outcome !== AiOutcome.FAILED || plan.bot?.quoteOnFailure !== true || plan.basis !== null) return asked;
    const quoted = quote(plan);
    return { runs: [...asked.runs, ...quoted.runs], proposal: quoted.proposal };
  }

  /** What a model answers from: found by words, and by meaning where the workspace has a model for that. */
  private async found(plan: ReplyMaterial, access: ModelAccess, signal: AbortSignal): Promise<readonly FoundPassage[]> {
    if (plan.basis !== null) return plan.passages;
    const hidden = hiddenDetailsOf(plan, access.maskDetails);
    const question = hidden.hideWithName(plan.question, true);
    const asked = { question, masked: [...hidden.kinds], botId: plan.bot?.id ?? null, passages: plan.passages };
    return this.meaning.blend(access, { ...asked, limit: passagesGiven }, signal);
  }

  private async ask(
    plan: ReplyMaterial,
    access: ModelAccess,
    signal: AbortSignal,
    onText?: (text: string) => void,
  ): Promise<Composition> {
    const instructions = plan.bot?.instructions ?? '';
    const hidden = hiddenDetailsOf(plan, access.maskDetails);
    const messages =
      plan.basis === null
        ? buildPrompt({ ...plan, instructions }, hidden)
        : buildChangePrompt(plan.basis, instructions, hidden);
    const temperature = plan.bot?.temperature ?? defaultTemperature;
    const onContent = onText === undefined ? undefined : readableAsItComes(plan, hidden, onText);
    const call = await this.model.ask(access, messages, temperature, signal, onContent);
    const { proposal, ...judged } = judge(plan, call, hidden);
    const { promptTokens, completionTokens, latencyMs } = call;
    const run = {
      provider: access.provider,
      model: access.model,
      request: call.sent ?? {},
      response: call.content,
      promptTokens,
      completionTokens,
      latencyMs,
      ...judged,
      promptVersion:
        plan.basis !== null ? changePromptVersion : plan.alone === true ? alonePromptVersion : promptVersion,
      masked: [...hidden.kinds],
      passages: plan.basis === null ? plan.passages : [],
      costCents: costOf(access.prices, call),
      assumedCents: assumedCostOf(access, { ...call, words: call }),
    };
    return { runs: [run], proposal };
  }
}

/** Whether a model is asked at all. Without a passage, or a draft to change, there is nothing to ground an answer on. */
export function asksModel(plan: ReplyMaterial): plan is ReplyMaterial & { readonly access: ModelAccess } {
  return (
    plan.access !== null && (plan.basis !== null || plan.passages.length > 0 || plan.access.embeddingModel !== null)
  );
}

/**
 * Of an answer that is still being written, the sentences that are whole and that a passage supports. Which passages it rests
 * on is said at its end, so until then any of those that were given may; what they do not support nobody sees.
 */
function readableAsItComes(
  plan: ReplyMaterial,
  hidden: HiddenDetails,
  onText: (text: string) => void,
): (content: string) => void {
  const known = knownOf(plan, hidden);
  let looked = 0;
  let shown = '';
  const look = sparingly((content: string) => {
    looked = content.length;
    const whole = sentencesOf(hidden.markedIn(plainText(answerSoFar(content)))).slice(0, -1);
    const supported =
      plan.basis === null
        ? supportedSentences(whole.join('\n'), plan.passages, known)
        : checkChange(whole.join('\n'), markedBasis(plan.basis, hidden), known).sentences;
    const text = fitText(
      supported.map((sentence) => hidden.shown(sentence)),
      plan.limits,
    );
    if (text.length > shown.length) onText((shown = text));
  });
  return (content) => {
    // Only where a sentence may have ended is there something new to see.
    if (/[.!?…؟。！？\n]/u.test(content.slice(looked))) look(content);
  };
}

function knownOf(plan: ReplyMaterial, hidden: HiddenDetails): Acquaintance {
  const { basis } = plan;
  if (basis === null) return { customerWords: plan.question, mayTell: hidden.mayTell };
  // Other words may tell what the draft tells.
  const told = new Set(marksIn(markedBasis(basis, hidden).text));
  return { customerWords: plan.question, mayTell: (mark) => told.has(mark) };
}

/** What stands in passages or behind a draft is the business's own words, which nobody has to hide. */
function hiddenDetailsOf({ thread, passages, basis }: ReplyMaterial, masks: boolean): HiddenDetails {
  const published = (basis?.sources ?? passages).map(({ title, heading, question, text }) =>
    [title, heading, question, text].join('\n'),
  );
  return new HiddenDetails(thread.contact.name, masks, published.join('\n'));
}

function markedBasis(basis: Basis, hidden: HiddenDetails): Basis {
  return { ...basis, text: hidden.markedIn(basis.text) };
}

export const defaultTemperature = 0.3;

type Verdict = { readonly proposal: Proposal | null } & Pick<RunRecord, 'outcome' | 'error' | 'cited' | 'cut'>;

/** Only what is cited, supported and plain is proposed. */
function judge(plan: ReplyMaterial, call: ModelCall, hidden: HiddenDetails): Verdict {
  if (call.failure !== null) {
    const outcome = call.failure.kind === 'refused' ? AiOutcome.REFUSED : AiOutcome.FAILED;
    return { proposal: null, outcome, error: call.failure.words, cited: [], cut: [] };
  }
  const answer = readAnswer(call.content ?? '');
  if (answer.kind === 'unreadable')
    return { proposal: null, outcome: AiOutcome.FAILED, error: runWords.MODEL_UNREADABLE, cited: [], cut: [] };
  const withheld = (error: string, seen: Partial<Pick<RunRecord, 'cited' | 'cut'>> = {}): Verdict => ({
    proposal: null,
    outcome: AiOutcome.REFUSED,
    error,
    cited: [],
    cut: [],
    ...seen,
  });
  if (plan.basis !== null) return judgeChange(plan, plan.basis, answer, hidden);
  if (answer.kind === 'nothing') return withheld(runWords.NOTHING_FITS);
  const cited = answer.sources.map((number) => plan.passages[number - 1]).filter((passage) => passage !== undefined);
  if (cited.length === 0) return withheld(runWords.NOTHING_CITED);
  const checked = checkSentences(hidden.markedIn(plainText(answer.text)), cited, knownOf(plan, hidden));
  const kept = checked.kept.map((sentence) => hidden.shown(sentence));
  const text = fitText(kept, plan.limits);
  const cut = [...checked.cut, ...leftOut(kept, text).map((sentence) => ({ sentence, why: CutReason.NO_ROOM }))];
  if (text === '') return withheld(runWords.NOTHING_SUPPORTED, { cited, cut });
  const least = plan.bot?.minConfidence ?? null;
  if (least !== null && answer.confidence !== null && answer.confidence < least) {
    return withheld(runSentence('UNSURE', { had: String(answer.confidence), wanted: String(least) }), { cited, cut });
  }
  return {
    proposal: { text, sources: cited, confidence: answer.confidence },
    outcome: AiOutcome.PROPOSED,
    error: null,
    cited,
    cut,
  };
}

/** Other words for a draft that is grounded: proposed with its sources, or refused with what is wrong. */
function judgeChange(
  plan: ReplyMaterial,
  basis: Basis,
  answer: Exclude<ModelAnswer, { kind: 'unreadable' }>,
  hidden: HiddenDetails,
): Verdict {
  const answered = answer.kind === 'nothing' ? '' : hidden.markedIn(plainText(answer.text));
  const { sentences, problem } =
    answer.kind === 'nothing'
      ? { sentences: [], problem: changeProblems.NO_OTHER_WORDS }
      : checkChange(answered, markedBasis(basis, hidden), knownOf(plan, hidden));
  const kept = sentences.map((sentence) => hidden.shown(sentence));
  const text = fitText(kept, plan.limits);
  const cut = [
    ...sentencesOf(answered)
      .filter((one) => !sentences.includes(one))
      .map((sentence) => ({ sentence, why: CutReason.UNSUPPORTED })),
    ...leftOut(kept, text).map((sentence) => ({ sentence, why: CutReason.NO_ROOM })),
  ];
  if (problem !== null || text === '')
    return {
      proposal: null,
      outcome: AiOutcome.REFUSED,
      error: notKept(problem ?? changeProblems.NONE_LEFT),
      cited: [],
      cut,
    };
  return {
    proposal: { text, sources: basis.sources, confidence: basis.confidence },
    outcome: AiOutcome.PROPOSED,
    error: null,
    cited: [],
    cut,
  };
}

/** Recorded with each quote; changes with the way in which passages are chosen and cut. */
export const quoteVersion = 'quote-3';

/** The best passage in its own words. */
function quote(plan: ReplyMaterial): Composition {
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
    promptVersion: quoteVersion,
    masked: [],
    passages: plan.passages,
    cited: best === undefined || text === '' ? [] : [best],
    cut: [],
    // Nobody was asked.
    costCents: 0,
  };
  return {
    runs: [run],
    proposal: best === undefined || text === '' ? null : { text, sources: [best], confidence: best.score },
  };
}
