/** The desk of those who run the deployment: requests that no workspace owns. */
const instance = {
  instance: {
    deployment: 'This deployment',
    nav: 'Operator’s desk',
    title: 'Privacy requests of no workspace',
    lead: 'What people asked for that no workspace owns. Give each to the workspace that it is about, answer it, or take longer in writing.',
    back: 'Back to the inbox',
    emptyHint: 'What is plainly about one workspace goes there by itself.',
    form: 'See how people ask',
    find: 'Find a request by its code',
    findHint: 'Whoever asked has it in our answer. What a workspace has already is found too, without a word of it.',
    findButton: 'Find',
    goneHint: 'Take the code from our answer to them, as it stands there.',
    owned: 'A workspace answers for it',
    ownedHint:
      'What was said in it, its members read alone. Where they do nothing, ask them; where they still do nothing, erase on a ground of the law.',
    notYours: 'This is for those who run this deployment',
    notYoursHint: 'Its configuration says who they are.',
  },
  instanceAction: {
    route: 'Give it to a workspace',
    answer: 'Answer',
    askProof: 'Ask for proof',
    changeKind: 'Say what is asked for',
    extend: 'Take longer',
    refuse: 'Refuse',
    askController: 'Ask the business to erase',
    eraseDirectly: 'Erase directly',
  },
  instanceSay: {
    answer: {
      text: 'Your words are mailed to whoever asked, where they left an address, and close the request.',
      field: 'What was done?',
      button: 'Answer and close',
      done: 'The request is answered.',
    },
    refuse: {
      text: 'They are told the reason, and that they may complain to a supervisory authority. A refused request stays refused.',
      field: 'Why is it refused?',
      button: 'Refuse',
      done: 'The request is refused.',
    },
    askProof: {
      text: 'The address that was left gets a mail with your words and a link that proves it is theirs, for 30 days.',
      field: 'What do you ask them?',
      button: 'Send',
      done: 'The mail is on its way.',
    },
    askController: {
      text: 'Your words are mailed to the business: to its privacy address, or else to its owners. It stands in the request’s steps and in their audit log.',
      field: 'What do you ask of them?',
      button: 'Send',
      done: 'The mail is on its way.',
    },
  },
  instanceRoute: {
    text: 'Its members answer it from then on, by the same clock. You see no more of it than how far it is.',
    which: 'Workspace',
    meant: 'May be meant',
    own: 'Yours',
    another: 'Another one, by its id',
    id: 'Id of the workspace',
    idHint: 'It stands in the address of its pages, behind /w/.',
    button: 'Give it to them',
    done: 'The workspace has it.',
  },
  instanceErase: {
    text: 'All that the business has of whom it is about is erased at once and for good, in its place. Your ground stands in the request’s steps, and that you did it in their audit log.',
    field: 'On which ground of the law?',
    fieldHint: 'Such as the article, and why the business did not do it itself.',
    type: 'Type the code to erase:',
    button: 'Erase for good',
    done: 'It is being erased.',
  },
};

export default instance;
