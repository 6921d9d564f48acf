/** Customers, and searching. */
const contacts = {
  contact: {
    title: 'Customer',
    unnamed: 'Unnamed visitor',
    unnamedWithId: 'Customer {{id}}',
    name: 'Name',
    emails: 'E-mail',
    phones: 'Phone',
    language: 'Language',
    tags: 'Tags',
    firstSeen: 'First seen',
    lastSeen: 'Last seen',
    unknown: 'unknown',
    blocked: 'Blocked',
    automationObjected: 'No automated answers',
    processingRestricted: 'Processing restricted',
    edit: 'Edit details',
    block: 'Block this customer',
    commas: 'Put commas between several.',
    notes: 'Notes about this customer',
    newNote: 'New note',
    addNote: 'Add note',
    otherConversations: 'Other conversations',
  },
  contacts: {
    search: 'Search by name, e-mail or phone',
    empty: 'Nobody has written yet',
    emptyHint: 'Everyone who writes to one of your channels appears here.',
    noMatch: 'Nobody fits',
    noMatchHint: 'Try fewer letters, or part of an address or number.',
  },
  search: {
    label: 'Search messages and people',
    placeholder: 'Order number, name, words…',
    hint: 'Type at least two letters.',
    people: 'People',
    messages: 'Messages',
    nothing: 'Nothing found for “{{query}}”',
    nothingHint: 'Try fewer or other words.',
  },
};

export default contacts;
