import type { Provider } from '@nestjs/common';
import { ClearResidueNightly } from './clear-residue-nightly.js';
import { NoteResidue } from './note-residue.js';
import { Residue } from './residue.js';

export { type ClearedPlace, ClearResidue } from './clear-residue.js';
export { type ErasureStatus, readErasureStatus } from './erasure-status.js';
export { Residue } from './residue.js';

/** Clearing from disk what erasures leave there. */
export const residueProviders: Provider[] = [Residue, NoteResidue, ClearResidueNightly];
