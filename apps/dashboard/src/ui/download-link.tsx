import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { withWords } from '../i18n/index.js';
import { refusalOfExport, saveFile } from './export-refusal.js';
import { failureSentence } from './failure-words.js';
import { notify } from './notices.js';

type Props = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'download' | 'onClick'> & { href: string };

/** The way to a file that is made while it is fetched. Where it is refused the page says so, and nothing is saved that is no file. */
export function DownloadLink({ href, ...others }: Props) {
  const { t } = useTranslation();
  const onClick = (event: MouseEvent) => {
    // Whoever opens it elsewhere gets the server's own answer there.
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void refusalOfExport(href).then(async (failure) => {
      if (failure === null) return saveFile(href);
      await withWords(Promise.resolve(), 'refused').catch(() => undefined);
      notify(failureSentence(failure, t), 'error');
    });
  };
  return <a {...others} href={href} download onClick={onClick} />;
}
