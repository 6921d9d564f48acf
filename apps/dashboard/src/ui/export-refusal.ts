import { toApiFailure, type ApiFailure } from '../api/documents.js';

const codes: Readonly<Record<number, ApiFailure['code']>> = {
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  422: 'BAD_USER_INPUT',
};

/** Why the server would not give a file; null where it would. It is asked for the head of the answer alone, which costs nothing. */
export async function refusalOfExport(address: string): Promise<ApiFailure | null> {
  const response = await fetch(address, { method: 'HEAD', cache: 'no-store' }).catch(() => undefined);
  if (response?.ok) return null;
  const failure = toApiFailure({ response });
  const code = codes[response?.status ?? 0] ?? failure.code;
  // A head has no words with it: too many files in an hour is the one thing of which these links are refused too much.
  return { ...failure, code, ...(code === 'RATE_LIMITED' && { reason: 'EXPORTS_MANY' }) };
}

/** Has the browser save what is at an address. */
export function saveFile(address: string): void {
  Object.assign(document.createElement('a'), { href: address, download: '' }).click();
}
