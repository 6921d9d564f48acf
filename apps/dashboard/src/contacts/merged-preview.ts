import type { OpenContact } from './contact-details.js';

type Details = 'name' | 'language' | 'emails' | 'phones' | 'tags' | 'customFields';
type Flags = 'blocked' | 'automationObjected' | 'processingRestricted';
type Identity = Pick<OpenContact['identities'][number], 'kind' | 'externalId' | 'handle'>;
export type Mergeable = Pick<OpenContact, Details | Flags> & { identities: readonly Identity[] };

/** What the server makes of two that are one person: the kept one's own words win, and of flags the stricter. */
export function mergedPreview(keep: Mergeable, other: Mergeable): Mergeable {
  return {
    name: keep.name ?? other.name,
    language: keep.language ?? other.language,
    emails: union(keep.emails, other.emails),
    phones: union(keep.phones, other.phones),
    tags: union(keep.tags, other.tags),
    customFields: { ...(other.customFields as object), ...(keep.customFields as object) },
    blocked: keep.blocked || other.blocked,
    automationObjected: keep.automationObjected || other.automationObjected,
    processingRestricted: keep.processingRestricted || other.processingRestricted,
    identities: [...keep.identities, ...other.identities],
  };
}

function union(one: readonly string[], other: readonly string[]): string[] {
  return [...new Set([...one, ...other])];
}
