/** Where there is no room beside a chat it fills the screen. */
export const fills = '(max-width:500px),(max-height:440px)';

/**
 * What the button and the frame look like. It becomes a constructed style sheet, which no `style-src` of the page forbids;
 * `:host` is important so that no rule of the page changes what is inside. A site moves it with --parley-bottom and
 * --parley-side on `parley-chat`.
 */
export const css = `:host{all:initial!important;--b:var(--parley-bottom,20px);--s:var(--parley-side,20px)}
button,iframe{all:unset;position:fixed;z-index:999999999;bottom:var(--b);right:var(--s);transition:transform .2s,opacity .2s;box-shadow:0 8px 32px #0004}
button{width:56px;height:56px;border-radius:50%;display:grid;place-items:center;cursor:pointer;background:var(--c);color:var(--o)}
button:hover{transform:scale(1.06)}
button:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px #111}
button.busy{opacity:.6}
button.aside{transform:translateY(200%);opacity:0}
i{width:28px;height:28px;background:currentColor;clip-path:path(evenodd,"M14 3c7 0 12 4 12 10s-5 10-12 10l-4-1-6 3 1-5c-2-2-3-4-3-7C2 7 7 3 14 3zM7 13a2 2 0 1 0 4 0 2 2 0 1 0-4 0zM12 13a2 2 0 1 0 4 0 2 2 0 1 0-4 0zM17 13a2 2 0 1 0 4 0 2 2 0 1 0-4 0z")}
.on i{clip-path:polygon(15% 40%,50% 75%,85% 40%,75% 30%,50% 55%,25% 30%)}
span{position:absolute;top:-4px;right:-4px;padding:0 7px;border-radius:11px;background:#c81e1e;color:#fff;font:600 13px/22px system-ui}
span:empty,[hidden]{display:none}
iframe{bottom:calc(var(--b) + 70px);width:min(400px,100vw - 2*var(--s));height:min(700px,100dvh - var(--b) - 90px);border-radius:18px;color-scheme:light dark}
iframe:not(.on){visibility:hidden;opacity:0;transform:translateY(12px)}
.left{right:auto;left:var(--s)}
@media ${fills}{iframe,iframe.left{inset:0;width:100%;height:100%;border-radius:0}button.on{display:none}}
@media (prefers-reduced-motion){*{transition:none!important}}
@media (forced-colors:active){button{border:2px solid}i{background:ButtonText}}
@media print{button,iframe{display:none}}`;

/** Ink for a colour, #rrggbb: white, or black where that has more contrast. */
export function inkOn(color: string): string {
  const light = (at: number) => (parseInt(color.slice(at, at + 2), 16) / 255) ** 2.2;
  return 0.2126 * light(1) + 0.7152 * light(3) + 0.0722 * light(5) > 0.179 ? '#000' : '#fff';
}
