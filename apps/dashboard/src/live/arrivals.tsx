import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { contactName, previewText } from '../inbox/words.js';
import { useWorkspace } from '../session/workspace.js';
import { useStore } from '../ui/store.js';

/** Reads new customer messages out to those who listen to the screen; several at once become one sentence. */
export function Arrivals() {
  const { t } = useTranslation();
  const { lastEvent } = useWorkspace();
  const event = useStore(lastEvent);
  const [spoken, setSpoken] = useState('');
  useEffect(() => {
    if (event?.__typename !== 'MessageAdded' || event.message.direction !== 'INBOUND') return;
    const { message } = event;
    const timer = setTimeout(() => {
      setSpoken(
        t('live.newMessage', { name: contactName(message.conversation.contact, t), text: previewText(message, t) }),
      );
    }, 400);
    return () => clearTimeout(timer);
  }, [event, t]);
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {spoken}
    </div>
  );
}
