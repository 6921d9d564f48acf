import { sql } from '../../platform/database/index.js';

/** A contact form as its table holds it. */
export interface FormRow {
  readonly id: string;
  readonly name: string;
  readonly publicKey: string;
  readonly allowedDomains: readonly string[];
  readonly answerOnly: boolean;
  /** The workspace's, for what is written in its language. */
  readonly locale: string;
  /** What the workspace is called. */
  readonly workspace: string;
}

/** The columns of a form `f` of the workspace `w`. */
export const formColumns = sql`
  f.id, f.name, f.public_key as "publicKey", f.allowed_domains as "allowedDomains", f.answer_only as "answerOnly",
  w.locale, w.name as workspace`;
