/** What narrows the list of contacts. */
export interface ShownContacts {
  search: string | null;
  segmentId: string | null;
}

/** Where the server gives contacts as a table: those whom the list shows. The mark tells table programs that it is UTF-8. */
export function contactsFileAddress(workspaceId: string, { search, segmentId }: ShownContacts): string {
  const asked = new URLSearchParams({ workspace: workspaceId, bom: '1' });
  if (search) asked.set('search', search);
  if (segmentId) asked.set('segment', segmentId);
  return `/exports/contacts.csv?${asked.toString()}`;
}
