import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { DraftTextDocument } from '../api/documents.js';

/** The words of a draft as they come; empty until there are some, and where it is not being written. */
export function useDraftText(id: string, writing: boolean): string {
  const client = useClient();
  const [read, setRead] = useState({ id, text: '' });
  useEffect(() => {
    if (!writing) return undefined;
    setRead({ id, text: '' });
    const words = client.subscription(DraftTextDocument, { id }).subscribe(({ data }) => {
      if (!data) return;
      const { offset, text, done } = data.draftText;
      // The last piece of one that came to nothing takes everything back: the panel says then what became of it.
      if (done && offset === 0 && text === '') return;
      setRead((before) => ({ id, text: before.text.slice(0, offset) + text }));
    });
    return () => words.unsubscribe();
  }, [client, id, writing]);
  return writing && read.id === id ? read.text : '';
}
