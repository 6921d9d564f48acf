import { useEffect, useRef, useState } from 'react';
import { useWorkspace } from '../session/workspace.js';
import type { KeptFile } from './composer-texts.js';
import { fileProblem, mostFiles, type FileProblem, type FileRule } from './file-rules.js';
import { uploadFile } from './upload.js';

/** A file that was put into the composer, and how far it is. */
export interface AttachedFile {
  key: string;
  /** Null where it is uploaded already: from before a reload, or from another device. */
  file: File | null;
  name: string | null;
  size: number | null;
  /** An address of the picture in this browser; null for what is none. */
  preview: string | null;
  state: 'uploading' | 'stored' | 'failed' | 'refused';
  progress: number;
  id: string | null;
  problem: FileProblem | { why: 'server'; message: string } | { why: 'count' } | null;
}

const shown = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** The files of one composer: uploaded as they are put in, so that sending waits for nothing. */
export function useAttachedFiles(rules: readonly FileRule[], kept: readonly KeptFile[] = []) {
  const { workspace } = useWorkspace();
  const [files, setFiles] = useState<readonly AttachedFile[]>(() => kept.map(uploaded));
  const running = useRef(new Map<string, () => void>());
  const change = (key: string, part: Partial<AttachedFile>) =>
    setFiles((list) => list.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const begin = (one: AttachedFile) => {
    if (!one.file) return;
    change(one.key, { state: 'uploading', progress: 0, problem: null });
    const { end, cancel } = uploadFile(one.file, workspace.id, (progress) => change(one.key, { progress }));
    running.current.set(one.key, cancel);
    void end.then((ended) => {
      running.current.delete(one.key);
      if (ended.kind === 'stored') change(one.key, { state: 'stored', progress: 1, id: ended.id });
      else if (ended.kind === 'failed') change(one.key, { state: 'failed' });
      else change(one.key, { state: 'refused', problem: { why: 'server', message: ended.message } });
    });
  };
  const add = (given: readonly File[]) => {
    const made = given.map((file, index): AttachedFile => {
      const problem = files.length + index >= mostFiles ? { why: 'count' as const } : fileProblem(rules, file);
      return {
        key: crypto.randomUUID(),
        file,
        name: file.name,
        size: file.size,
        preview: shown.has(file.type) ? URL.createObjectURL(file) : null,
        state: problem ? 'refused' : 'uploading',
        progress: 0,
        id: null,
        problem,
      };
    });
    setFiles((list) => [...list, ...made]);
    for (const one of made) if (!one.problem) begin(one);
  };
  const remove = (key: string) => {
    running.current.get(key)?.();
    setFiles((list) => list.filter((one) => (one.key === key ? (forget(one), false) : true)));
  };
  /** What another device, or a reply that was taken back, has put in stands here instead of what did. */
  const replace = (given: readonly KeptFile[]) =>
    setFiles((list) => {
      const stays = (one: AttachedFile) => given.some(({ id }) => id === one.id);
      for (const one of list) if (!stays(one)) forget(one);
      return [...list.filter(stays), ...given.filter(({ id }) => !list.some((one) => one.id === id)).map(uploaded)];
    });
  const clear = () => setFiles((list) => (list.forEach(forget), []));
  // Whoever leaves the page sends nothing: what is under way ends, and the server removes the rest within a day.
  useEffect(() => () => running.current.forEach((cancel) => cancel()), []);
  return { files, add, remove, replace, clear, retry: begin };
}

function uploaded({ id, name, size = null }: KeptFile): AttachedFile {
  return { key: id, file: null, name, size, preview: null, state: 'stored', progress: 1, id, problem: null };
}

function forget({ preview }: AttachedFile): void {
  if (preview) URL.revokeObjectURL(preview);
}
