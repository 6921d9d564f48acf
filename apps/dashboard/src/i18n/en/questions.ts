/** What nobody could answer, and what is asked of a bot before it answers by itself. */
const questions = {
  questions: {
    lead: 'What customers asked and nothing in your knowledge answers, what is asked most first. The same question in other words is counted as one.',
    empty: 'No question is open',
    emptyHint:
      'Where a customer asks what your knowledge does not answer, it stands here, to be answered once for all.',
    asked_one: 'asked once',
    asked_other: 'asked {{count}} times',
    last: 'last on {{time}}',
    open: 'Where it was asked last',
    answer: 'Write an answer',
    becomes:
      'Question and answer become an entry of your knowledge. Whoever asks this from now on is answered from it; a bot that was asked it and draws on chosen sources gets it among them. Nothing is sent to those who asked before.',
    questionHint: 'As it is to stand in your knowledge. Leave out what is about one customer alone.',
    answerHint: 'It may be quoted to customers word for word.',
    add: 'Add to the knowledge',
    added: 'Added to your knowledge. The question is off the list.',
    dismiss: 'Needs no answer',
    dismissTitle: 'Does it need no answer?',
    dismissText:
      'The question goes off the list for good: this cannot be undone, and whoever asks it again does not bring it back.',
    dismissed: 'The question is off the list.',
    editorsOnly: 'Owners, admins and editors can answer them.',
  },
  trials: {
    title: 'Before a bot answers by itself',
    autoNeedsPercent: 'How many of 100 cases it has to answer well',
    percentHint:
      'A bot may answer by itself only after a run of ten cases or more reached this. Left empty or 0: nothing is asked of it. A bot that answers by itself already goes on until it is changed.',
    casesFromConversations: 'Cases may be taken from closed conversations',
    casesHint:
      'What customers asked and colleagues answered, without addresses, numbers and names, may be kept to try bots with. Switched off, all that was taken is removed.',
    button: 'Set what is asked of it',
  },
};

export default questions;
