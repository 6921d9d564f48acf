/** How an upload ended: with the id of the file, or with why there is none. */
export type UploadEnd =
  | { kind: 'stored'; id: string }
  | { kind: 'refused'; message: string; why: 'size' | 'kind' | null }
  | { kind: 'failed' };

interface Answer {
  id?: unknown;
  message?: unknown;
}

/** Uploads one file, to be sent, or to be read as knowledge or as a table of leads, and tells how far it is from 0 to 1. Fetch does not tell that of what is sent, so this is the older way. */
export function uploadFile(
  file: File,
  workspaceId: string,
  onProgress: (done: number) => void,
  purpose: 'sending' | 'knowledge' | 'import' = 'sending',
): { end: Promise<UploadEnd>; cancel: () => void } {
  const request = new XMLHttpRequest();
  const end = new Promise<UploadEnd>((resolve) => {
    request.open('POST', purpose === 'sending' ? '/files' : `/files?for=${purpose}`);
    request.responseType = 'json';
    request.setRequestHeader('x-parley-client', 'dashboard');
    request.setRequestHeader('x-workspace-id', workspaceId);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => resolve(endOf(request.status, request.response as Answer | null));
    request.onerror = request.ontimeout = request.onabort = () => resolve({ kind: 'failed' });
    const form = new FormData();
    form.append('file', file, file.name);
    request.send(form);
  });
  return { end, cancel: () => request.abort() };
}

/** A refusal stays one however often it is tried; everything else may be tried again. */
export function endOf(status: number, answer: Answer | null): UploadEnd {
  if (status === 201 && typeof answer?.id === 'string') return { kind: 'stored', id: answer.id };
  const final = status >= 400 && status < 500 && ![401, 408, 429].includes(status);
  const why = status === 413 ? 'size' : status === 415 ? 'kind' : null;
  return final && typeof answer?.message === 'string'
    ? { kind: 'refused', message: answer.message, why }
    : { kind: 'failed' };
}
