import { CaseVerdict } from '../enums.js';
import { judgeAnswer } from './judge-answer.js';

const judged = (expected: string, text: string, knowledgeId: string | null = null, knowledgeIds: string[] = []) =>
  judgeAnswer({ expected, knowledgeId }, { text, knowledgeIds });

describe('an answer is judged by rules that anybody can check', () => {
  it.each([
    ['Returns are accepted within 30 days.', 'Yes. Returns are accepted within 30 days of delivery.', 'SAYS_IT'],
    ['Returns are accepted within 30 days.', 'You can send it back; we take returns for 30 days.', 'SAYS_IT'],
    ['30 days', 'Returns are accepted within 30 days of delivery.', 'SAYS_IT'],
    ['İade 14 gün içinde yapılır', 'İadeler teslimattan sonra 14 gün içinde yapılabilir.', 'SAYS_IT'],
    ['Returns are accepted within 30 days.', 'Returns are accepted within 14 days.', 'OTHER_NUMBER'],
    ['9.90 EUR', 'Express shipping costs 9.90 USD.', 'OTHER_NUMBER'],
    ['We ship to Norway.', 'We do not ship to Norway.', 'DENIES'],
    ['We do not ship to Norway.', 'We ship to Norway.', 'DENIES'],
    ['Gift wrapping costs extra and comes in red paper.', 'Gift cards are sent by mail.', 'LEAVES_OUT'],
    ['Returns are accepted within 30 days.', '', 'SILENT'],
    ['', '', 'LEFT_ALONE'],
    ['', 'Returns are accepted.', 'SPOKE'],
  ])('%s / %s: %s', (expected, text, verdict) => {
    expect(judged(expected, text)).toBe(verdict);
  });

  it('has to rest on the source that was named', () => {
    const said = 'Returns are accepted within 30 days.';
    expect(judged(said, said, 'a', ['b'])).toBe(CaseVerdict.OTHER_SOURCE);
    expect(judged(said, said, 'a', ['b', 'a'])).toBe(CaseVerdict.SAYS_IT);
    expect(judged('', '', 'a', [])).toBe(CaseVerdict.LEFT_ALONE);
  });
});
