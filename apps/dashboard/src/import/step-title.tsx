import { useEffect, useRef, type ReactNode } from 'react';

/** What a step is called. The focus goes there, so that whoever does not see the step change hears of it. */
export function StepTitle({ children }: { children: ReactNode }) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <h2 ref={title} tabIndex={-1} className="step-title">
      {children}
    </h2>
  );
}
