import { OutgoingError, type OutgoingResponse } from '../../platform/http/index.js';

/** What came of a call. Nothing of the answer but its status is kept: nobody knows what a stranger's server writes there. */
export interface CallOutcome {
  readonly delivered: boolean;
  readonly responseStatus: number | null;
  /** What went wrong, as one of a few words. */
  readonly trouble: string | null;
  /** The other side says that there is nothing here any more, and that it wants no more of it. */
  readonly gone: boolean;
  /** Seconds for which it asks to be left alone. */
  readonly askedWait: number | null;
}

/** What an answer says. A redirect is no success: the address that was checked is the one that is called. */
export function outcomeOf({ status, headers }: OutgoingResponse): CallOutcome {
  const delivered = status >= 200 && status <= 299;
  const asked = Number(headers['retry-after'] ?? '');
  return {
    delivered,
    responseStatus: status,
    trouble: delivered ? null : status >= 300 && status <= 399 ? 'REDIRECTED' : 'REFUSED',
    gone: status === 410,
    askedWait: (status === 429 || status === 503) && asked > 0 ? asked : null,
  };
}

const troubles: Readonly<Record<OutgoingError['reason'], string>> = {
  address: 'NOT_PUBLIC',
  recipient: 'NOT_PUBLIC',
  connection: 'UNREACHABLE',
  timeout: 'TIMEOUT',
  size: 'TOO_LARGE',
  redirects: 'REDIRECTED',
};

/** What a call was that brought no answer. */
export function outcomeWithout(error: unknown): CallOutcome {
  const trouble = error instanceof OutgoingError ? troubles[error.reason] : 'UNREACHABLE';
  return { delivered: false, responseStatus: null, trouble, gone: false, askedWait: null };
}
