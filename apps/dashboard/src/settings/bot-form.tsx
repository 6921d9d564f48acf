import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import {
  ChannelsDocument,
  CreateBotDocument,
  KnowledgeDocument,
  UpdateBotDocument,
  toApiFailure,
  type AiMode,
  type ApiFailure,
  type BotInput,
  type BotPartsFragment,
} from '../api/documents.js';
import { Button } from '../ui/button.js';
import { SelectField, TextArea, TextField } from '../ui/field.js';
import { failureSentence } from '../ui/failure-words.js';
import { formWords } from '../ui/form-words.js';
import { FailureNote } from '../ui/states.js';
import { AutoChoices } from './auto-choices.js';
import { AutoDialog } from './auto-dialog.js';
import { BotRules, ruleFields, rulesOf } from './bot-rules.js';
import { Picks } from './picks.js';

const fields: readonly string[] = ['name', 'instructions', 'disclosure', 'mode', 'leadMode', ...ruleFields];

/** One bot. A new one only drafts: that it answers by itself is a choice that somebody makes. */
export function BotForm({ bot, onDone }: { bot: BotPartsFragment | null; onDone: () => void }) {
  const { t } = useTranslation();
  const [mode, setMode] = useState<AiMode>(bot?.mode ?? 'DRAFT');
  const [leadMode, setLeadMode] = useState<AiMode>(bot?.leadMode ?? 'OFF');
  const [channelIds, setChannelIds] = useState(() => bot?.channels.map((channel) => channel.id) ?? []);
  // Where it answers by itself is chosen anew whenever that is switched on.
  const answering = bot?.mode === 'AUTO' ? bot.autoChannels.map((channel) => channel.id) : [];
  const [autoChannelIds, setAutoChannelIds] = useState(answering);
  const [autoHours, setAutoHours] = useState(bot?.autoHours ?? 'ALWAYS');
  const [knowledgeIds, setKnowledgeIds] = useState(() => bot?.knowledge.map((source) => source.id) ?? []);
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const [asked, setAsked] = useState<BotInput | null>(null);
  const [{ data: channels }] = useQuery({ query: ChannelsDocument });
  const [{ data: knowledge }] = useQuery({ query: KnowledgeDocument, variables: { first: 50, after: null } });
  const [creating, create] = useMutation(CreateBotDocument);
  const [updating, update] = useMutation(UpdateBotDocument);
  const pickable =
    channels?.channels
      .filter((channel) => channel.status !== 'DISCONNECTED')
      // A business has one name on all of them.
      .map(({ id, name, kind }) => ({ id, name, kind: t(`channelKind.${kind}`) })) ?? [];
  const autoIds = autoChannelIds.filter((id) => channelIds.includes(id));
  const errorOf = (field: string) => (failure?.field === field ? failureSentence(failure, t) : undefined);
  const save = async (input: BotInput) => {
    const { error } = bot ? await update({ id: bot.id, input }) : await create({ input });
    if (!error) return onDone();
    const refused = toApiFailure(error);
    setFailure(refused);
    // It stands at its field, behind the dialog.
    if (fields.includes(refused.field ?? '')) setAsked(null);
  };
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const word = formWords(event.currentTarget);
    const input = {
      name: word('name'),
      mode,
      leadMode,
      instructions: word('instructions'),
      disclosure: word('disclosure'),
      channelIds,
      ...(mode === 'AUTO' && { autoChannelIds: autoIds }),
      autoHours,
      knowledgeIds,
      ...rulesOf(word),
    };
    // What answers customers is switched on by a choice of its own, on each channel.
    const begins = bot?.mode !== 'AUTO' || autoIds.some((id) => !answering.includes(id));
    const beginsWithLeads = leadMode === 'AUTO' && bot?.leadMode !== 'AUTO';
    if ((mode === 'AUTO' && begins) || beginsWithLeads) setAsked(input);
    else void save(input);
  };
  return (
    <>
      <h1>{t(bot ? 'bots.edit' : 'bots.create')}</h1>
      <form className="narrow-form" onSubmit={submit}>
        {failure && !asked && !fields.includes(failure.field ?? '') && <FailureNote failure={failure} />}
        <TextField
          label={t('bots.name')}
          name="name"
          dir="auto"
          required
          defaultValue={bot?.name ?? ''}
          error={errorOf('name')}
        />
        <SelectField
          label={t('bots.mode')}
          hint={t(`aiModeHint.${mode}`)}
          value={mode}
          onChange={(event) => setMode(event.target.value as AiMode)}
          error={errorOf('mode')}
        >
          {(['DRAFT', 'AUTO', 'OFF'] as const).map((value) => (
            <option key={value} value={value}>
              {t(`aiMode.${value}`)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t('bots.leadMode')}
          hint={t(`leadModeHint.${leadMode}`)}
          value={leadMode}
          onChange={(event) => setLeadMode(event.target.value as AiMode)}
          error={errorOf('leadMode')}
        >
          {(['OFF', 'DRAFT', 'AUTO'] as const).map((value) => (
            <option key={value} value={value}>
              {t(`aiMode.${value}`)}
            </option>
          ))}
        </SelectField>
        <TextArea
          label={t('bots.instructions')}
          hint={t('bots.instructionsHint')}
          name="instructions"
          dir="auto"
          rows={4}
          defaultValue={bot?.instructions ?? ''}
          error={errorOf('instructions')}
        />
        <TextField
          label={t('bots.disclosure')}
          hint={t('bots.disclosureHint')}
          name="disclosure"
          dir="auto"
          defaultValue={bot?.disclosure ?? ''}
          error={errorOf('disclosure')}
        />
        <Picks
          legend={t('bots.channels')}
          none={t('bots.connectFirst')}
          options={pickable}
          chosen={channelIds}
          onChange={setChannelIds}
        />
        {mode === 'AUTO' && (
          <AutoChoices
            channels={pickable.filter(({ id }) => channelIds.includes(id))}
            channelIds={autoIds}
            onChannels={setAutoChannelIds}
            hours={autoHours}
            onHours={setAutoHours}
          />
        )}
        <Picks
          legend={t('bots.knowledge')}
          none={t('bots.addKnowledgeFirst')}
          hint={t('bots.knowledgeHint')}
          options={knowledge?.knowledge.nodes.map(({ id, title }) => ({ id, name: title })) ?? []}
          chosen={knowledgeIds}
          onChange={setKnowledgeIds}
        />
        <BotRules bot={bot} errorOf={errorOf} />
        <div className="button-row">
          <Button type="submit" tone="primary" busy={creating.fetching || updating.fetching}>
            {t('action.save')}
          </Button>
          <Button onClick={onDone}>{t('action.cancel')}</Button>
        </div>
      </form>
      {asked && (
        <AutoDialog
          input={asked}
          channels={pickable.filter(({ id }) => autoIds.includes(id)).map(({ kind, name }) => `${kind}: ${name}`)}
          failure={failure}
          busy={creating.fetching || updating.fetching}
          onYes={() => void save(asked)}
          onClose={() => {
            setAsked(null);
            setFailure(null);
          }}
        />
      )}
    </>
  );
}
