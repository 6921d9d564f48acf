import type { WebChatPartsFragment } from '../../api/documents.js';
import { changesOf, designOf, firstDesign, previewOf, type ChatDesign } from './web-chat-design.js';

type WebChat = NonNullable<WebChatPartsFragment['webChat']>;

/** Another value for every field. */
const other: ChatDesign = {
  greeting: 'Good day!',
  accentColor: '#ffee00',
  position: 'LEFT',
  theme: 'DARK',
  radius: 2,
  logo: 'data:image/webp;base64,AAAA',
  askName: 'OPTIONAL',
  askEmail: 'REQUIRED',
  askQuestion: 'OPTIONAL',
  showBranding: false,
  allowApps: true,
};
const fields = Object.keys(firstDesign) as (keyof ChatDesign)[];
const shown = (design: ChatDesign) =>
  previewOf(design, { device: 'desk', scheme: 'light', stage: 'first', locale: 'en' }, { question: '?', answer: '!' });

describe('what is set of a chat', () => {
  it('has another value for each field here', () => {
    expect(fields.filter((name) => other[name] === firstDesign[name])).toEqual([]);
    expect(Object.keys(other).sort()).toEqual([...fields].sort());
  });

  it.each(fields)('is sent where it was changed, and nothing besides: %s', (name) => {
    expect(changesOf(firstDesign, { ...firstDesign, [name]: other[name] })).toEqual({ [name]: other[name] });
    expect(changesOf(other, other)).toEqual({});
  });

  it.each(fields)('is seen before it is saved: %s', (name) => {
    const changed = shown({ ...firstDesign, [name]: other[name] });
    expect(JSON.stringify(changed)).not.toBe(JSON.stringify(shown(firstDesign)));
  });

  it('is read back as it is kept', () => {
    const kept = { ...other, publicKey: 'pk', allowedDomains: [] } as unknown as WebChat;
    expect(designOf(kept)).toEqual(other);
    expect(designOf({ ...kept, logo: null }).logo).toBe('');
  });

  it.each(['red', '#fff', 'red;background:url(//evil.example)', '#2563eb"><img>', ''])(
    'takes %j for no colour',
    (text) => {
      const kept = { ...other, publicKey: 'pk', allowedDomains: [], accentColor: text } as unknown as WebChat;
      expect(designOf(kept).accentColor).toBe(firstDesign.accentColor);
    },
  );
});
