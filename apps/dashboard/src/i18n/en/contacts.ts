/** What customers are called, and searching. */
const contacts = {
  contact: {
    title: 'Customer',
    unnamed: 'Unnamed visitor',
    unnamedWithId: 'Customer {{id}}',
    notSpam: 'Not spam',
  },
  search: {
    conversations: 'Conversations',
    inInbox: 'Show them in the inbox',
    operators: 'Narrow it down: is:open, is:unread, is:mine, is:unassigned, tag:vip, in:whatsapp',
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
