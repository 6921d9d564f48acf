import { traceId } from '../ids.ts';
import { compact, type Obj } from '../json.ts';

/** An answer of Graph that says no, in Meta's own envelope. */
export class GraphError extends Error {
  readonly status: number;
  readonly code: number;
  readonly subcode: number | undefined;
  readonly details: string | undefined;
  readonly transient: boolean;

  constructor(
    code: number,
    message: string,
    extra: { subcode?: number; details?: string; status?: number; transient?: boolean } = {},
  ) {
    super(message);
    this.code = code;
    this.subcode = extra.subcode;
    this.details = extra.details;
    this.status = extra.status ?? (code === 190 || code === 102 ? 401 : 400);
    this.transient = extra.transient ?? false;
  }

  /** The body of the answer. */
  envelope(): Obj {
    return {
      error: compact({
        message: this.message,
        type:
          this.code === 190 || this.code === 10 || this.code === 100 || this.code > 100_000
            ? 'OAuthException'
            : 'GraphMethodException',
        code: this.code,
        error_subcode: this.subcode,
        is_transient: this.transient || undefined,
        error_data: this.details === undefined ? undefined : { messaging_product: 'whatsapp', details: this.details },
        fbtrace_id: traceId(),
      }),
    };
  }
}

/** 100/33: the object is not there, or the token cannot see it. Meta does not tell which. */
export function unseen(id: string): GraphError {
  return new GraphError(
    100,
    `Unsupported request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`,
    { subcode: 33 },
  );
}

/** 100: a parameter is missing. */
export function missing(name: string): GraphError {
  return new GraphError(100, `(#100) The parameter ${name} is required.`);
}

/** 100: a parameter is wrong. */
export function invalid(message: string): GraphError {
  return new GraphError(100, `(#100) ${message}`);
}

/** A WhatsApp error, whose meaning is in the details. */
export function whatsappError(code: number, title: string, details: string): GraphError {
  return new GraphError(code, `(#${code}) ${title}`, { details });
}
