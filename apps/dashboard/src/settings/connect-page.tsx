import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { zodResolver } from '@hookform/resolvers/zod';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { Link, Redirect, useParams } from 'wouter';
import {
  ConnectEmailDocument,
  ConnectInstagramDocument,
  ConnectLineDocument,
  ConnectMessengerDocument,
  ConnectTelegramDocument,
  ConnectWhatsAppDocument,
  toApiFailure,
  type ApiFailure,
  type ChannelPartsFragment,
} from '../api/documents.js';
import { Button } from '../ui/button.js';
import { TextField } from '../ui/field.js';
import { fieldWords, placeFailure, z } from '../ui/forms.js';
import { Icon } from '../ui/icon.js';
import { FailureNote } from '../ui/states.js';
import { ConsentStart, hasConsent } from './channels/consent-start.js';
import { PolicyNote } from './channels/policy-note.js';
import { inReadersWords } from './channels/refusal-words.js';
import { RegisterNumber } from './channels/register-number.js';
import { WaitingForFirst } from './channels/waiting-for-first.js';
import { connectFields, connectKinds, type ConnectKind } from './connect-forms.js';
import { mailServerUrl } from './mail-server-url.js';
import { SandboxLink } from './sandbox-link.js';

type Values = Record<string, string>;

/** Connects one account by its id and a token. A refusal stands at the field that it is about. */
export function ConnectPage() {
  const { kind } = useParams();
  const known = connectKinds.find((name) => name === kind);
  return known ? <ConnectForm key={known} kind={known} /> : <Redirect to="/settings/channels" replace />;
}

function ConnectForm({ kind }: { kind: ConnectKind }) {
  const { t } = useTranslation();
  const connect = useConnect(kind);
  const fields = connectFields[kind];
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const [channel, setChannel] = useState<ChannelPartsFragment | null>(null);
  const form = useForm<Values>({
    resolver: zodResolver(schemaOf(kind)) as never,
    defaultValues: Object.fromEntries(fields.map((field) => [field.name, ''])),
  });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    setFailure(null);
    const result = await connect(values);
    if (result.channel) return setChannel(result.channel);
    if (result.error) setFailure(placeFailure(form, inReadersWords(toApiFailure(result.error), t), t));
  });
  if (channel) return <Connected channel={channel} />;
  const byHand = (
    <>
      <p className="lead">{t(`connect.${kind}.lead`)}</p>
      <form className="narrow-form" onSubmit={(event) => void submit(event)} noValidate>
        {failure && <FailureNote failure={failure} />}
        {fields.map(({ name, required, secret, mode }) => (
          <TextField
            key={name}
            label={required ? t(`connect.field.${name}`) : t('form.optional', { label: t(`connect.field.${name}`) })}
            hint={t(`connect.hint.${kind}.${name}`)}
            type={secret ? 'password' : 'text'}
            inputMode={secret ? 'text' : (mode ?? 'numeric')}
            autoComplete="off"
            spellCheck={false}
            {...form.register(name)}
            error={fieldWords(errors[name], t)}
          />
        ))}
        <p className="hint">{t(`connect.${kind}.permission`, { defaultValue: t('connect.permission') })}</p>
        <PolicyNote />
        <div className="button-row">
          <Button type="submit" tone="primary" busy={isSubmitting}>
            {t('connect.now')}
          </Button>
          <SandboxLink />
        </div>
      </form>
    </>
  );
  return (
    <>
      <p>
        <Link href="/settings/channels" className="back-link">
          <Icon name="back" size={16} /> {t('settings.channels')}
        </Link>
      </p>
      <h1>{t(`connect.${kind}.title`)}</h1>
      {hasConsent(kind) ? (
        <>
          <ConsentStart kind={kind} />
          <details className="by-hand">
            <summary>{t('consent.byHand')}</summary>
            {byHand}
          </details>
        </>
      ) : (
        byHand
      )}
    </>
  );
}

function Connected({ channel }: { channel: ChannelPartsFragment }) {
  const { t } = useTranslation();
  return (
    <>
      <h1>{t('connect.done', { name: channel.name })}</h1>
      <p className="lead">{t('connect.doneText')}</p>
      <RegisterNumber channel={channel} otherwise={<WaitingForFirst channel={channel} />} />
      <div className="button-row">
        <Link href="/inbox/open" className="button primary medium">
          {t('connect.toInbox')}
        </Link>
        <SandboxLink />
        <Link href="/settings/channels" className="button plain medium">
          {t('settings.channels')}
        </Link>
      </div>
    </>
  );
}

function useConnect(kind: ConnectKind) {
  const client = useClient();
  return async (values: Values) => {
    const word = (name: string) => values[name]?.trim() ?? '';
    switch (kind) {
      case 'messenger': {
        const input = { pageId: word('pageId'), pageAccessToken: word('pageAccessToken') };
        const { data, error } = await client.mutation(ConnectMessengerDocument, { input }).toPromise();
        return { channel: data?.connectMessenger, error };
      }
      case 'instagram': {
        const input = {
          accountId: word('accountId'),
          pageId: word('pageId') || null,
          accessToken: word('accessToken'),
        };
        const { data, error } = await client.mutation(ConnectInstagramDocument, { input }).toPromise();
        return { channel: data?.connectInstagram, error };
      }
      case 'whatsapp': {
        const input = {
          wabaId: word('wabaId'),
          phoneNumberId: word('phoneNumberId'),
          accessToken: word('accessToken'),
        };
        const { data, error } = await client.mutation(ConnectWhatsAppDocument, { input }).toPromise();
        return { channel: data?.connectWhatsApp, error };
      }
      case 'telegram': {
        const input = { botToken: word('botToken') };
        const { data, error } = await client.mutation(ConnectTelegramDocument, { input }).toPromise();
        return { channel: data?.connectTelegram, error };
      }
      case 'line': {
        const input = { channelAccessToken: word('channelAccessToken'), channelSecret: word('channelSecret') };
        const { data, error } = await client.mutation(ConnectLineDocument, { input }).toPromise();
        return { channel: data?.connectLine, error };
      }
      case 'email': {
        const login = { user: word('userName') || word('address'), password: values['password'] ?? '' };
        const input = {
          address: word('address'),
          imapUrl: mailServerUrl('imaps', word('imapUrl'), login),
          smtpUrl: mailServerUrl('smtps', word('smtpUrl'), login),
        };
        const { data, error } = await client.mutation(ConnectEmailDocument, { input }).toPromise();
        return { channel: data?.connectEmail, error };
      }
    }
  };
}

function schemaOf(kind: ConnectKind) {
  const word = z.string().trim().max(2000, 'form.tooLong');
  return z.object(
    Object.fromEntries(
      connectFields[kind].map(({ name, required }) => [name, required ? word.min(1, 'form.required') : word]),
    ),
  );
}
