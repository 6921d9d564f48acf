import { linkParts, safeHref } from './safe-text.js';

/** Text from outside, shown as text and in its own direction; only allowed links can be followed. */
export function CustomerText({ text, className }: { text: string; className?: string }) {
  return (
    <p dir="auto" className={`customer-text ${className ?? ''}`}>
      {linkParts(text).map((part, index) =>
        part.href ? (
          <a key={index} href={part.href} target="_blank" rel="noopener nofollow">
            {part.text}
          </a>
        ) : (
          part.text
        ),
      )}
    </p>
  );
}

/** A link from outside; where its scheme is not allowed, only its words. */
export function OutsideLink({ href, children }: { href: string | null | undefined; children: string }) {
  const safe = safeHref(href);
  return safe ? (
    <a href={safe} target="_blank" rel="noopener nofollow" dir="auto">
      {children}
    </a>
  ) : (
    <span dir="auto">{children}</span>
  );
}
