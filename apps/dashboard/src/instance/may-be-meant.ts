import type { InstanceRequestPartsFragment } from '../api/documents.js';
import { readNote } from '../settings/privacy/step-words.js';

/** A workspace that a request may be meant for. */
export interface MeantWorkspace {
  readonly id: string;
  readonly name: string;
}

const one = /(?<name>.*?) \((?<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\)(?:; |$)/gu;

/** The workspaces that the server found when it last looked. */
export function mayBeMeant({ history }: Pick<InstanceRequestPartsFragment, 'history'>): readonly MeantWorkspace[] {
  const found = history.map(({ note }) => readNote(note ?? '')).findLast(({ said }) => said.includes('mayBe'));
  const named = [...(found?.words ?? '').matchAll(one)].map(({ groups }) => ({
    id: groups?.['id'] ?? '',
    name: groups?.['name'] ?? '',
  }));
  return named.filter(({ id }, place) => named.findIndex((other) => other.id === id) === place);
}
