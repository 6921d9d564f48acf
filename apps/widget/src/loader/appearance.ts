/** Where there is no room beside a chat it fills the screen. */
export const fills = '(max-width:500px),(max-height:440px)';

/**
 * What the button and the frame look like. It becomes a constructed style sheet, which no `style-src` of the page forbids;
 * `:host` is important so that no rule of the page changes what is inside. A site moves it with --parley-bottom and
 * --parley-side on `parley-chat`, and rounds the chat with --parley-radius.
 */
export const css = `:host{all:initial!important;--b:var(--parley-bottom,20px);--s:var(--parley-side,20px)}
button,iframe{all:unset;position:fixed;z-index:999999999;bottom:var(--b);right:var(--s);box-shadow:0 8px 32px #0004}
button{padding:14px;border-radius:50%;cursor:pointer;background:var(--c);color:var(--o)}
button:hover{transform:scale(1.06)}
button:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px #111}
button.busy{opacity:.6}
button.aside{opacity:0;transform:translateY(200%)}
i{display:block;width:28px;height:28px;background:currentColor;clip-path:path(evenodd,"M14 3c7 0 12 4 12 10s-5 10-12 10l-4-1-6 3 1-5c-2-2-3-4-3-7C2 7 7 3 14 3zM8 9h12v3H8zM8 14h8v3H8z")}
.on i{clip-path:path("M4 11l10 10 10-10-3-3-7 7-7-7z")}
span{position:absolute;top:-4px;right:-4px;padding:0 7px;border-radius:11px;background:#c81e1e;color:#fff;font:600 13px/22px system-ui}
span:empty,[hidden]{display:none}
iframe{bottom:calc(var(--b) + 70px);width:400px;height:min(700px,100dvh - var(--b) - 90px);border-radius:var(--parley-radius,var(--r))}
iframe:not(.on){visibility:hidden;opacity:0;transform:translateY(12px)}
.left{right:auto;left:var(--s)}
@media ${fills}{iframe,iframe.left{inset:0;width:100%;height:100%;border-radius:0}button.on{display:none}}
@media (prefers-reduced-motion:no-preference){button,iframe{transition:transform .2s,opacity .2s}}
@media (forced-colors:active){button{border:2px solid}i{background:ButtonText}}
@media print{button,iframe{display:none}}`;

/** Ink for a colour, #rrggbb: white, or black where that has more contrast. */
export function inkOn(color: string): string {
  // The luminance of WCAG, 14 times as large and of parts to 255, nearly enough for a drawing.
  const light = (at: number) => parseInt(color.slice(at, at + 2), 16) ** 2.2;
  return 3 * light(1) + 10 * light(3) + light(5) > 49e4 ? '#000' : '#fff';
}
