/** The plan: how it stands, what it has room for, buying and ending it, and what is told of it on every page. */
const billing = {
  billing: {
    lead: 'Your plan, what you use of it, and the way to another. Payments and invoices are the seller’s; this server never sees your card.',
    notSold: 'Nothing is sold here',
    notSoldText: 'Everything is on, and nothing has a limit of a plan.',
    region: 'News of the plan',
    putAway: 'Put away until tomorrow',
    ownersMay: 'An owner can change that: {{names}}.',
    news: {
      trialEnds_one:
        'The trial ends within a day, on {{date}}. Sending and AI stop then, unless a plan is chosen; reading and exporting go on.',
      trialEnds_other:
        'The trial ends in {{count}} days, on {{date}}. Sending and AI stop then, unless a plan is chosen; reading and exporting go on.',
      ends_one:
        'The plan was cancelled and ends within a day, on {{date}}. Sending and AI stop then; reading and exporting go on.',
      ends_other:
        'The plan was cancelled and ends in {{count}} days, on {{date}}. Sending and AI stop then; reading and exporting go on.',
      pastDue:
        'A payment failed. Everything goes on until {{date}}; if it is not paid by then, sending and AI stop, and reading and exporting go on.',
      paused: 'The plan is paused: nothing is sent, and AI does not answer. Reading, exporting and privacy go on.',
      trialEnded: 'The trial has ended: nothing is sent, and AI does not answer. Reading, exporting and privacy go on.',
      ended: 'The plan has ended: nothing is sent, and AI does not answer. Reading, exporting and privacy go on.',
      none: 'There is no plan yet: nothing is sent, and AI does not answer. Reading, exporting and privacy go on.',
    },
    standing: 'Your plan',
    status: {
      TRIALING: 'Trial',
      ACTIVE: 'Active',
      PAST_DUE: 'Payment failed',
      PAUSED: 'Paused',
      CANCELED: 'Cancelled',
      EXPIRED: 'Ended',
      NONE: 'No plan',
    },
    stands: {
      TRIALING: 'You are trying it.',
      TRIAL_BOUGHT: 'You are trying it; it then goes on by itself.',
      ACTIVE: 'It goes on without an end.',
      PAST_DUE: 'A payment failed. Change the card under “Invoices and payment”.',
      PAUSED:
        'It is paused: nothing is sent, and AI does not answer. Resume it under “Invoices and payment”. Nothing is deleted.',
      CANCELED: 'It was cancelled, and ends with the period that is paid for. Nothing is deleted.',
      EXPIRED:
        'It has ended: nothing is sent, and AI does not answer. Everything can be read and exported, and nothing is deleted. Choose a plan to go on.',
      NONE: 'There is no plan yet: nothing is sent, and AI does not answer. Choose one below.',
    },
    standsUntil: {
      TRIALING: 'You are trying it until {{date}}. Choose a plan before, and nothing stops.',
      TRIAL_BOUGHT: 'You are trying it until {{date}}; then it is paid for, unless you cancel before.',
      ACTIVE: 'It renews on {{date}}.',
      PAST_DUE:
        'A payment failed. Everything goes on until {{date}}; change the card under “Invoices and payment” before.',
      CANCELED:
        'It was cancelled: everything goes on until {{date}}, and it is not renewed. Nothing is deleted. To keep it, resume it under “Invoices and payment” before.',
    },
    merchant: 'Sold by {{merchant}}, which takes the payment and writes the invoices.',
    invoices: 'Invoices and payment',
    newTab: '(opens in a new tab)',
    cancel: 'Cancel the plan',
    cancelTitle: 'Cancel the plan {{plan}}?',
    cancelUntil:
      'Everything goes on until {{date}}: it is paid for. After that nothing is sent, and AI does not answer.',
    cancelUntilPaid:
      'Everything goes on until the end of what is paid for. After that nothing is sent, and AI does not answer.',
    cancelKeeps:
      'Nothing is deleted: conversations, contacts and settings stay, and can be read and exported. You can choose a plan again at any time.',
    cancelNow: 'Cancel the plan now',
    keep: 'Keep it',
    canceled: 'The plan is cancelled.',
    refund: 'Money back and cancelling',
    usage: 'What you use',
    metric: {
      SEATS: 'Members',
      CHANNELS: 'Channels',
      AI_REPLIES: 'Answers by AI this month',
      CONTACTS: 'Contacts',
      KNOWLEDGE_PASSAGES: 'Passages of knowledge',
    },
    usedOf: '{{used}} of {{limit}}',
    usedFreely: '{{used}}, without a limit',
    fill: {
      near: 'More than 80 % are used.',
      full: 'All are used.',
      over: 'More than the plan has room for.',
    },
    whenFull: {
      SEATS: 'Nobody else can join. Members beyond the plan rest; owners never do.',
      CHANNELS: 'No further channel can be connected. Channels beyond the plan rest.',
      AI_REPLIES: 'AI answers again when the next month begins (UTC). Until then people write.',
      CONTACTS: 'Contacts can no longer be added by hand or by file. Whoever writes to you is still let in.',
      KNOWLEDGE_PASSAGES: 'No further knowledge is taken in. What is there goes on answering.',
    },
    plans: 'Plans',
    plansLead: 'Prices are before tax. You can change or cancel at any time.',
    yours: 'Your plan',
    aMonth: '{{price}} a month',
    aYear: '{{price}} a year',
    limit: {
      SEATS_one: '{{count}} member',
      SEATS_other: '{{count}} members',
      CHANNELS_one: '{{count}} channel',
      CHANNELS_other: '{{count}} channels',
      AI_REPLIES_one: '{{count}} answer by AI a month',
      AI_REPLIES_other: '{{count}} answers by AI a month',
      CONTACTS_one: '{{count}} contact',
      CONTACTS_other: '{{count}} contacts',
      KNOWLEDGE_PASSAGES_one: '{{count}} passage of knowledge',
      KNOWLEDGE_PASSAGES_other: '{{count}} passages of knowledge',
    },
    noLimit: {
      SEATS: 'Members without a limit',
      CHANNELS: 'Channels without a limit',
      AI_REPLIES: 'Answers by AI without a limit',
      CONTACTS: 'Contacts without a limit',
      KNOWLEDGE_PASSAGES: 'Knowledge without a limit',
    },
    addOns: 'To go with it',
    plus: '+ {{price}}',
    sum: 'Together: {{price}}',
    buy: 'Choose this plan',
    buyNamed: 'Choose this plan: {{plan}}',
    change: 'Change to this plan',
    changeNamed: 'Change to this plan: {{plan}}',
    changeAddOns: 'Change what goes with it',
    changeAddOnsNamed: 'Change what goes with it: {{plan}}',
    resumeFirst: 'Resume your plan first, under “Invoices and payment”; then it can be changed.',
    changeTitle: 'Change to {{plan}}?',
    changeText:
      'From now on it costs {{price}}, before tax. The seller charges or credits the difference. You do not pay again here.',
    buyText: 'It costs {{price}}, before tax. You pay on the next page, at the seller.',
    tooMuch: 'You use more than this plan has room for:',
    rests: 'These rest:',
    goesOff: 'These go off, with what needs them:',
    restsText:
      'Nothing is deleted. What rests comes back with a bigger plan, or when there is room. You can also remove first what you no longer need.',
    changeNow: 'Change now',
    changeAnyway: 'Go on all the same',
    waitTitle: 'Waiting for the seller’s word.',
    waitText:
      'It usually takes a few seconds, and this page then changes by itself. What stands below is what holds until then.',
    lateTitle: 'The seller has not confirmed it yet.',
    lateText:
      'If you paid, the plan comes on by itself as soon as it is confirmed; do not pay again. If you left without paying, nothing is charged.',
    doneTitle: 'The plan {{plan}} is on.',
    changedTitle: 'The plan {{plan}} holds.',
    doneText: 'Thank you. The invoice comes from the seller by mail.',
    addOnsLeft: 'The plan {{plan}} is on. What goes with it is bought by itself at this seller, one after the other.',
    addOnsGo: 'Go on',
    frozen: {
      channel:
        'Nothing is sent over it: the plan has no room for it, or lacks what it needs. What customers write is kept. Disconnect another channel or change the plan, and it comes back by itself.',
      member:
        'This member cannot act here: the plan has fewer seats. Remove another member or change the plan, and they come back by themselves.',
      bot: 'It does not answer: the plan has no room for answers by AI, has ended or is paused. With a plan that has, it comes back by itself.',
    },
  },
};

export default billing;
