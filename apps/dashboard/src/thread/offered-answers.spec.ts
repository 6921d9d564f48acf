import { answersOf, answersProblem } from './offered-answers.js';

it('reads answers from a line, each once', () => {
  expect(answersOf(' Yes,No ,, Yes,  not   yet ')).toEqual(['Yes', 'No', 'not yet']);
  expect(answersOf('  ')).toEqual([]);
});

it('says what a channel cannot offer', () => {
  const limits = { quickReplies: 3, quickReplyLength: 5 };
  expect(answersProblem(['Yes', 'No', 'Maybe'], limits)).toBeNull();
  expect(answersProblem(['1', '2', '3', '4'], limits)).toBe('most');
  expect(answersProblem(['Yes', 'Perhaps'], limits)).toBe('long');
});
