import type { DataMap } from '../../platform/personal-data/index.js';

/** What the tables of this module hold of people. */
export const privacyDataMap: DataMap = {
  erasure_receipts: {
    why: 'proof of erasures: counts and keyed digests',
    kept: 'for good, as the record of the deletion',
    erased: 'never: no personal data',
    personal: {},
    others: 'id seq erasure_id scope subject_digest erased retained completed_at previous_hash hash signature key_id',
  },
  erasures: {
    why: 'erasures and how far they are',
    kept: 'ids until done; counts as long as the workspace',
    erased: 'ids and traces when done; with the workspace',
    personal: { contact: ['subject', 'traces', 'files'] },
    others: 'workspace_id id scope request_id cause erased tombstones begun_at held_at completed_at',
  },
  instance_privacy_requests: {
    why: 'requests that no workspace owns; details encrypted',
    kept: 'details 24 months after the answer, as the law asks for proof of it; kind, times and steps as long as the deployment',
    erased: 'details when the subject is erased',
    personal: { contact: ['details'], user: ['user_id'] },
    others:
      'id kind origin status code language law on_behalf_of minor received_at due_at extended_until notice_sent_at verified_at completed_at proof_hash proof_until',
  },
  journal_heads: {
    why: 'how far the erasure journal was written',
    kept: 'as long as the deployment',
    erased: 'never: no personal data',
    personal: {},
    others: 'journal seq hash',
  },
  legal_holds: {
    why: 'who must not be erased, and why',
    kept: 'as long as the workspace',
    erased: 'with the workspace',
    personal: { contact: ['contact_id', 'reason'] },
    others: 'workspace_id id placed_at released_at',
  },
  privacy_codes: {
    why: 'finds a request by its code, by digest',
    kept: 'as long as the request',
    erased: 'with the request',
    personal: {},
    others: 'digest request_id workspace_id',
  },
  privacy_requests: {
    why: 'requests of people; details encrypted',
    kept: 'details 24 months after the answer, as the law asks for proof of it; kind, times and steps as long as the workspace',
    erased: 'details when the subject is erased; with the workspace',
    personal: { contact: ['details', 'contact_ids'] },
    others:
      'workspace_id id kind origin status code language law on_behalf_of minor received_at due_at extended_until notice_sent_at verified_at completed_at proof_hash proof_until erasure_id',
  },
  residue: {
    why: 'where bytes of what was erased may still lie on disk, and when that was last cleared',
    kept: 'as long as the deployment',
    erased: 'never: no personal data',
    personal: {},
    others: 'place since tried_at problem cleared_at seconds bytes',
  },
  restores: {
    why: 'which backups the database was restored from, and whether what came after was done again',
    kept: 'as long as the deployment',
    erased: 'never: no personal data',
    personal: {},
    others: 'id backup_at journal_seq journal_hash started_at replayed completed_at',
  },
  subject_exports: {
    why: 'copies that people are given of what is kept about them',
    kept: '7 days after they were made',
    erased: 'with their file, when the subject is erased; with the workspace',
    personal: { contact: ['subject'] },
    others: 'workspace_id id request_id language state size sha256 created_at expires_at',
  },
};
