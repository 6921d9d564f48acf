import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { safeHref } from '../ui/safe-text.js';
import { Icon } from '../ui/icon.js';

export interface Instance {
  sandboxUrl: string | null;
  version: string | null;
}

/** What the server says about itself; a server that says nothing has no sandbox. */
export function useInstance(): Instance {
  const [instance, setInstance] = useState<Instance>({ sandboxUrl: null, version: null });
  useEffect(() => {
    const stop = new AbortController();
    fetch('/instance.json', { signal: stop.signal, headers: { accept: 'application/json' } })
      .then((response) => (response.ok ? response.json() : null))
      .then((value: unknown) => {
        const { sandboxUrl, version } = (value ?? {}) as Partial<Record<keyof Instance, unknown>>;
        setInstance({
          sandboxUrl: typeof sandboxUrl === 'string' ? safeHref(sandboxUrl) : null,
          version: typeof version === 'string' ? version : null,
        });
      })
      .catch(() => undefined);
    return () => stop.abort();
  }, []);
  return instance;
}

/** The way to the pretend platforms, where this server runs them. */
export function SandboxLink() {
  const { t } = useTranslation();
  const { sandboxUrl } = useInstance();
  if (!sandboxUrl) return null;
  return (
    <a href={sandboxUrl} target="_blank" rel="noopener" className="button plain medium">
      <Icon name="link" size={16} />
      {t('sandbox.open')}
    </a>
  );
}
