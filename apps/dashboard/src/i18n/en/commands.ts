/** What can be done by a key or from the palette. */
const commands = {
  command: {
    palette: 'Commands',
    sheet: 'Keyboard shortcuts',
    search: 'Search',
    inbox: 'Inbox',
    next: 'Next in the list',
    previous: 'Previous in the list',
    back: 'Back',
    reply: 'Write a reply',
    note: 'Write a note',
    draft: 'Suggest a reply',
    send: 'Send',
    resolve: 'Resolve',
    reopen: 'Open again',
    snooze: 'Snooze',
    priority: 'Priority',
    assign: 'Assign',
    assignToMe: 'Assign to me',
    tags: 'Tags',
    status: 'Status',
    pauseBot: 'Pause or resume the bot',
    signOut: 'Sign out',
    details: 'Customer details',
    choose: 'Choose this conversation, to change several at once',
    newLead: 'Write down a lead',
    undo: 'Take back what was just done',
    availability: 'Available or away',
    theme: { system: 'Colours as the system', light: 'Light colours', dark: 'Dark colours' },
  },
};

export default commands;
